using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Answers from the cache of manifests are the same as answers from MVC. An unknown parameter makes a request bypass the cache.</summary>
[TestFixture]
internal sealed class CachedReadTests
{
    private const string Uncached = "?uncached=1";

    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");

    private static ServerConfiguration WithChannels(ServerConfiguration configuration, Channel? byDefault) =>
        configuration with { Rules = configuration.Rules with { Channels = new ChannelSet([Dev, Release], byDefault) } };

    private static async Task AssertSameAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        var (cached, uncached) = (await client.GetAnswerAsync(path, headers), await client.GetAnswerAsync(path + Uncached, headers));
        Assert.Multiple(() =>
        {
            Assert.That(cached.Status, Is.EqualTo(uncached.Status), path);
            Assert.That(cached.Text, Is.EqualTo(uncached.Text));
            Assert.That(Names(cached), Is.EqualTo(Names(uncached)));
            foreach (var name in new[] { "Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Server", "x-server-name" })
            {
                Assert.That(cached.Header(name), Is.EqualTo(uncached.Header(name)), name);
            }
        });

        static IEnumerable<string> Names(Answer answer) => answer.Headers.Concat(answer.ContentHeaders).Select(header => header.Key).Order();
    }

    [Test]
    public async Task A_cached_read_is_the_same_in_every_mode_and_version([Values] ServerMode mode)
    {
        await using var server = await TestServer.StartAsync(mode);
        var uuid = await server.Admin.PublishAsync(("owner", Uuid.Zero.ToString()), ("traits", new { a = true }));
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        foreach (var client in new[] { server.Anonymous, server.Admin })
        {
            foreach (var path in new[] { "/ping", $"/images/{uuid}" })
            {
                await AssertSameAsync(client, path);
                await AssertSameAsync(client, path, ("accept-version", "~2"));
                await AssertSameAsync(client, path, ("accept-version", "*"));
                await AssertSameAsync(client, path, ("accept-version", "~1"));
                await AssertSameAsync(client, path, ("If-None-Match", "*"));
                await AssertSameAsync(client, path, ("If-Match", "x"));
                await AssertSameAsync(client, path, ("Accept-Encoding", "gzip"));
            }
        }
    }

    [Test]
    public async Task A_cached_read_is_the_same_with_and_without_a_default_channel([Values] bool hasDefault)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => WithChannels(configuration, hasDefault ? Dev : null));
        var inDev = (await server.Admin.PostAnswerAsync("/images?channel=dev", Requests.Manifest())).Uuid;
        await AssertSameAsync(server.Anonymous, $"/images/{inDev}", ("accept-version", "~2"));
    }

    [TestCase(true, "dev", 200)]
    [TestCase(true, "release", 404)]
    [TestCase(false, "dev", 422)]
    [TestCase(false, "release", 422)]
    public async Task A_read_without_channel_finds_images_of_the_default_channel_only(bool hasDefault, string channel, int status)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => WithChannels(configuration, hasDefault ? Dev : null));
        var uuid = (await server.Admin.PostAnswerAsync($"/images?channel={channel}", Requests.Manifest())).Uuid;
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task An_unknown_image_is_not_found()
    {
        await using var server = await TestServer.StartAsync();
        var unknown = Uuid.New().ToString();
        Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{unknown}")).Message, Is.EqualTo($"image {unknown} not found"));
    }

    [TestCase("accept-version", "~99", "InvalidVersion")]
    [TestCase("Authorization", "Bearer x", "UnauthorizedError")]
    public async Task A_ping_that_must_be_refused_is_not_answered_from_the_cache(string header, string value, string code)
    {
        await using var server = await TestServer.StartAsync();
        Assert.That((await server.Anonymous.GetAnswerAsync("/ping", (header, value))).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_ping_with_an_unknown_expectation_is_not_answered_from_the_cache()
    {
        await using var server = await TestServer.StartAsync();
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping", ("Expect", "foo"))).Status, Is.EqualTo(417));
    }
}
