using ImgApi.Api.Configuration;
using ImgApi.Domain.Channels;
using ImgApi.Domain.Images;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api;

/// <summary>The short cut answers as the long way does, which a parameter of no meaning makes a request go.</summary>
[TestFixture]
internal sealed class HotReadsTests
{
    private const string LongWay = "?long-way=1";

    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");

    private static ServerConfiguration WithChannels(ServerConfiguration configuration, Channel? byDefault) =>
        configuration with { Rules = configuration.Rules with { Channels = new ChannelSet([Dev, Release], byDefault) } };

    private static async Task AssertSameAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
    {
        var (shortCut, longWay) = (await client.GetAnswerAsync(path, headers), await client.GetAnswerAsync(path + LongWay, headers));
        Assert.Multiple(() =>
        {
            Assert.That(shortCut.Status, Is.EqualTo(longWay.Status), path);
            Assert.That(shortCut.Text, Is.EqualTo(longWay.Text));
            Assert.That(Names(shortCut), Is.EqualTo(Names(longWay)));
            foreach (var name in new[] { "Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Server", "x-server-name" })
            {
                Assert.That(shortCut.Header(name), Is.EqualTo(longWay.Header(name)), name);
            }
        });

        static IEnumerable<string> Names(Answer answer) => answer.Headers.Concat(answer.ContentHeaders).Select(header => header.Key).Order();
    }

    [Test]
    public async Task In_every_mode_and_version([Values] ServerMode mode)
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
    public async Task With_and_without_a_default_channel([Values] bool hasDefault)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => WithChannels(configuration, hasDefault ? Dev : null));
        var inDev = (await server.Admin.PostAnswerAsync("/images?channel=dev", Requests.Manifest())).Uuid;
        var inRelease = (await server.Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest())).Uuid;
        await AssertSameAsync(server.Anonymous, $"/images/{inDev}", ("accept-version", "~2"));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{inDev}")).Status, Is.EqualTo(hasDefault ? 200 : 422));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{inRelease}")).Status, Is.EqualTo(hasDefault ? 404 : 422));
    }

    [Test]
    public async Task What_it_does_not_know_goes_the_long_way()
    {
        await using var server = await TestServer.StartAsync();
        var unknown = Uuid.New().ToString();
        Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{unknown}")).Message, Is.EqualTo($"image {unknown} not found"));
        Assert.That((await server.Anonymous.GetAnswerAsync("/ping", ("accept-version", "~99"))).Code, Is.EqualTo("InvalidVersion"));
        Assert.That((await server.Anonymous.GetAnswerAsync("/ping", ("Authorization", "Bearer x"))).Code, Is.EqualTo("UnauthorizedError"));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping", ("Expect", "foo"))).Status, Is.EqualTo(417));
    }
}
