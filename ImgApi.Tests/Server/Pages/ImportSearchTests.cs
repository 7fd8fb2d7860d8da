using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>What the search of another server's images costs this server, and who can start it.</summary>
[TestFixture]
internal sealed class ImportSearchTests
{
    private const string Json = "200 OK\r\nContent-Type: application/json";

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static string Manifest(string name) => $$"""[{"uuid":"{{Uuid.New()}}","name":"{{name}}","state":"active"}]""";

    private static Task<Answer> SearchAsync(TestServer server, Uri source, params (string Name, string Value)[] headers) =>
        server.Admin.GetAnswerAsync($"/ui/import?source={Uri.EscapeDataString(source.ToString())}", [("Accept", "text/html"), .. headers]);

    [Test]
    public async Task A_stranger_cannot_start_a_search()
    {
        await using var other = ScriptedServer.Saying(Json, Manifest("found"));
        var answer = await _server.Anonymous.GetAnswerAsync($"/ui/import?source={other.Address}");
        Assert.That((answer.Status, other.Requests.Count), Is.EqualTo((HttpStatusCode.Unauthorized, 0)));
    }

    [Test]
    public async Task A_long_name_of_another_server_is_shortened()
    {
        await using var other = ScriptedServer.Saying(Json, Manifest(new string('x', 1_000_000)));
        var page = await SearchAsync(_server, other.Address);
        Assert.That(page.Text, Does.Contain(new string('x', 1024) + "...").And.Not.Contains(new string('x', 1025)));
    }

    [TestCase("cross-site")]
    [TestCase("same-site")]
    public async Task A_page_of_another_site_cannot_start_a_search(string site)
    {
        await using var other = ScriptedServer.Saying(Json, Manifest("found"));
        var page = await SearchAsync(_server, other.Address, ("Sec-Fetch-Site", site));
        Assert.That((page.Status, page.Text.Contains("<form", StringComparison.Ordinal), other.Requests.Count), Is.EqualTo((HttpStatusCode.OK, true, 0)));
    }

    [TestCase("same-origin")]
    [TestCase("none")]
    public async Task A_search_of_this_site_or_of_the_person_is_started(string site)
    {
        await using var other = ScriptedServer.Saying(Json, Manifest("found"));
        Assert.That((await SearchAsync(_server, other.Address, ("Sec-Fetch-Site", site))).Text, Does.Contain("found"));
    }

    [TestCase("http://127.0.0.1:{port}")]
    [TestCase("http://localhost:{port}")]
    [TestCase("http://[::1]:{port}")]
    [TestCase("http://169.254.169.254")]
    public async Task A_search_of_an_internal_address_is_refused(string source)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { AllowLocalSources = false });
        await using var other = ScriptedServer.Saying(Json, Manifest("found"));
        var page = await SearchAsync(server, new Uri(source.Replace("{port}", $"{other.Address.Port}", StringComparison.Ordinal)));
        Assert.That((page.Text.Contains("does not allow", StringComparison.Ordinal), other.Requests.Count), Is.EqualTo((true, 0)));
    }
}
