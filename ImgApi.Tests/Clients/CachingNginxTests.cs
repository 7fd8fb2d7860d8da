using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>A caching nginx, in front of servers whose answers depend on caller, version and encoding.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class CachingNginxTests
{
    private static readonly (string, string) Credentials = ("Authorization", TestServer.Basic(TestServer.User, TestServer.Password).ToString());

    [TestCase(ReadAccess.Private, "/images/{0}", 404)]
    [TestCase(ReadAccess.Private, "/images/{0}/file", 404)]
    [TestCase(ReadAccess.Private, "/images/{0}/icon", 404)]
    [TestCase(ReadAccess.Private, "/images/{0}/jobs", 404)]
    [TestCase(ReadAccess.Private, "/images", 200)]
    [TestCase(ReadAccess.Private, "/health", 200)]
    [TestCase(ReadAccess.Private, "/metrics", 401)]
    [TestCase(ReadAccess.All, "/images/{0}", 401)]
    [TestCase(ReadAccess.All, "/images/{0}/file", 401)]
    [TestCase(ReadAccess.All, "/images/{0}/icon", 401)]
    [TestCase(ReadAccess.All, "/images/{0}/jobs", 401)]
    [TestCase(ReadAccess.All, "/images", 401)]
    [TestCase(ReadAccess.All, "/channels", 401)]
    [TestCase(ReadAccess.All, "/state", 401)]
    [TestCase(ReadAccess.Open, "/state", 401)]
    [TestCase(ReadAccess.Open, "/images?state=all", 200)]
    [TestCase(ReadAccess.Open, "/images?inclAdminFields=true", 401)]
    [TestCase(ReadAccess.Open, "/images/{0}?inclAdminFields=true", 401)]
    [TestCase(ReadAccess.Open, "/ping", 200)]
    public async Task Users_and_strangers_never_get_cached_answers_for_each_other(ReadAccess access, string path, int strangerStatus)
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { ReadAccess = access });
        var url = path.Replace("{0}", await cached.PublishPrivateAsync(), StringComparison.Ordinal);
        var user = await cached.GetAsync(url, Credentials);
        var stranger = await cached.GetAsync(url);
        var userAgain = await cached.GetAsync(url, Credentials);
        Assert.Multiple(() =>
        {
            Assert.That(((int)user.Status, (int)userAgain.Status), Is.EqualTo((200, 200)));
            Assert.That((int)stranger.Status, Is.EqualTo(strangerStatus), stranger.Text);
            Assert.That(stranger.Bytes, Is.Not.EqualTo(user.Bytes));
            Assert.That(user.Header("Cache-Control"), Does.StartWith("private"));
        });
    }

    [TestCase("/health")]
    [TestCase("/metrics")]
    [TestCase("/images/{0}/jobs")]
    public async Task Health_metrics_and_jobs_are_not_cached(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = path.Replace("{0}", await cached.PublishPrivateAsync(), StringComparison.Ordinal);
        await cached.GetAsync(url);
        Assert.That((await cached.GetAsync(url)).Header("X-Cache"), Is.EqualTo("MISS"));
    }

    [Test]
    public async Task The_refusal_of_wrong_credentials_is_not_cached_for_others()
    {
        await using var cached = await CachedServer.StartAsync();
        await cached.GetAsync("/images", ("Authorization", TestServer.Basic("admin", "wrong").ToString()));
        Assert.That((int)(await cached.GetAsync("/images")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_client_gets_a_challenge_after_a_page_got_a_refusal_without_one()
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { ReadAccess = ReadAccess.All });
        Assert.That((await cached.GetAsync("/images", ("Sec-Fetch-Mode", "cors"))).Header("WWW-Authenticate"), Is.Null);
        Assert.That((await cached.GetAsync("/images")).Header("WWW-Authenticate"), Does.StartWith("Basic "));
    }

    [Test]
    public async Task The_refusal_of_an_unsupported_version_is_not_cached_for_others()
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { Authentication = AuthenticationKind.None });
        await cached.GetAsync("/images", ("accept-version", "~99"));
        Assert.That((int)(await cached.GetAsync("/images")).Status, Is.EqualTo(200));
    }

    [TestCase("/images")]
    [TestCase("/images/{0}")]
    [TestCase("/images/{0}/file")]
    public async Task Public_answers_are_cached_for_strangers(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = path.Replace("{0}", await cached.PublishPrivateAsync(), StringComparison.Ordinal);
        await cached.GetAsync(url);
        Assert.That((await cached.GetAsync(url)).Header("X-Cache"), Is.EqualTo("HIT"));
    }

    [Test]
    public async Task A_cached_list_is_compressed_only_for_clients_that_accept_it()
    {
        await using var cached = await CachedServer.StartAsync();
        var plain = await cached.GetAsync("/images");
        var compressed = await cached.GetAsync("/images", ("Accept-Encoding", "gzip"));
        var plainAgain = await cached.GetAsync("/images");
        Assert.That(compressed.Header("Content-Encoding"), Is.EqualTo("gzip"));
        Assert.That((plain.Header("Content-Encoding"), plainAgain.Header("Content-Encoding")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("/images?channel=*")]
    [TestCase("/images/{0}?channel=*")]
    [TestCase("/images/{0}")]
    public async Task A_cached_answer_for_version_2_is_not_sent_to_version_1(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = path.Replace("{0}", await cached.PublishPrivateAsync(), StringComparison.Ordinal);
        var second = await cached.GetAsync(url, ("accept-version", "~2"));
        var first = await cached.GetAsync(url);
        Assert.That(second.Text, Does.Contain("\"channels\""));
        Assert.That(first.Text, Does.Not.Contain("\"channels\"").And.Contains("\"name\""));
    }
}
