using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>A slash at the end of the path of the list.</summary>
[TestFixture]
internal sealed class TrailingSlashTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("GET", "")]
    [TestCase("HEAD", "")]
    [TestCase("GET", "?name=base")]
    [TestCase("GET", "?name=none")]
    [Check(11)]
    public async Task A_list_with_a_trailing_slash_is_the_same_as_without(string method, string query)
    {
        await _server.Admin.PublishAsync();
        var plain = await _server.Anonymous.AnswerAsync(new HttpMethod(method), "/images" + query, null);
        var slash = await _server.Anonymous.AnswerAsync(new HttpMethod(method), "/images/" + query, null);
        Assert.That((slash.Status, slash.Text), Is.EqualTo((plain.Status, plain.Text)));
        Assert.That(slash.Header("ETag"), Is.EqualTo(plain.Header("ETag")).And.Not.Null);
    }

    [Test]
    public async Task A_list_with_a_trailing_slash_is_found_below_a_path_prefix()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { PathBase = "/prefix/" });
        Assert.That((await server.Anonymous.GetAnswerAsync("/prefix/images/")).Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task A_list_with_a_trailing_slash_is_compressed()
    {
        var answer = await _server.Anonymous.GetAnswerAsync("/images/", ("Accept-Encoding", "gzip"));
        Assert.That(answer.Header("Content-Encoding"), Is.EqualTo("gzip"));
    }
}
