using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>A server on which strangers read public images only (<c>readAuth</c> is <c>private</c>), with one public and one private image.</summary>
[TestFixture]
internal sealed class PrivateImageTests
{
    private static readonly (string, string) Wrong = ("Authorization", TestServer.Basic("admin", "wrong").ToString());

    private TestServer _server = null!;
    private string _public = null!;
    private string _private = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = ReadAccess.Private });
        _public = await PublishAsync(isPublic: true);
        _private = await PublishAsync(isPublic: false);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<string> PublishAsync(bool isPublic)
    {
        var uuid = await _server.Admin.PublishAsync(("public", isPublic), ("owner", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"));
        await _server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Samples.Png, "image/png"));
        return uuid;
    }

    [TestCase("")]
    [TestCase("?state=all")]
    [TestCase("?public=false")]
    [TestCase("?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")]
    [TestCase("?owner=bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb")]
    public async Task A_private_image_is_not_listed_for_strangers(string query) =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/images" + query)).Text, Does.Not.Contain(_private));

    [Test]
    public async Task A_public_image_is_listed_for_strangers() =>
        Assert.That((await _server.Anonymous.GetAnswerAsync("/images")).Text, Does.Contain(_public));

    [Test]
    public async Task All_images_are_listed_for_users() =>
        Assert.That((await _server.Admin.GetAnswerAsync("/images")).Text, Does.Contain(_public).And.Contain(_private));

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    public async Task A_private_image_is_shown_to_users(string suffix) =>
        Assert.That((int)(await _server.Admin.GetAnswerAsync($"/images/{_private}{suffix}")).Status, Is.EqualTo(200));

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    public async Task A_public_image_is_shown_to_strangers(string suffix) =>
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync($"/images/{_public}{suffix}")).Status, Is.EqualTo(200));

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    public async Task A_read_of_a_public_image_with_wrong_credentials_is_refused(string suffix) =>
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync($"/images/{_public}{suffix}", Wrong)).Status, Is.EqualTo(401));

    [Test]
    public async Task Private_images_are_not_counted_for_strangers() =>
        Assert.That((await CountAsync(_server.Anonymous), await CountAsync(_server.Admin)), Is.EqualTo((1, 2)));

    [Test]
    public async Task Metrics_are_refused_to_strangers_because_they_count_private_images() =>
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync("/metrics")).Status, Is.EqualTo(401));

    [TestCase("/images/{0}", 404)]
    [TestCase("/images", 200)]
    public async Task An_image_that_becomes_private_disappears_for_strangers(string url, int status)
    {
        var uuid = await PublishAsync(isPublic: true);
        try
        {
            await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { @public = false }));
            var answer = await _server.Anonymous.GetAnswerAsync(url.Replace("{0}", uuid, StringComparison.Ordinal));
            Assert.That((int)answer.Status, Is.EqualTo(status));
            Assert.That(answer.Text, Does.Not.Contain($"\"{uuid}\""));
        }
        finally
        {
            await _server.Admin.DeleteAnswerAsync($"/images/{uuid}");
        }
    }

    private static async Task<int> CountAsync(HttpClient client) =>
        (await client.GetAnswerAsync("/health")).Json.GetProperty("images").GetInt32();
}
