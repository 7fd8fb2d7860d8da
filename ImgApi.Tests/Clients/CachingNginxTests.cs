using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>A real nginx that keeps every answer it may, in front of servers on which answers depend on who asks, and how.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class CachingNginxTests
{
    private const string Site = """
        proxy_cache_path FOLDER/cache keys_zone=images:1m;

        server {
            listen 80;

            location / {
                proxy_pass http://127.0.0.1:8080;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_cache images;
                proxy_cache_valid any 10m;
                add_header X-Cache $upstream_cache_status always;
            }
        }
        """;

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
    public async Task Callers_with_and_without_credentials_never_get_each_others_answers(ReadAccess access, string path, int strangers)
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { ReadAccess = access });
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await cached.PublishPrivateAsync());
        var withFirst = await cached.GetAsync(url, Credentials);
        var stranger = await cached.GetAsync(url);
        var again = await cached.GetAsync(url, Credentials);
        Assert.That(((int)withFirst.Status, (int)again.Status), Is.EqualTo((200, 200)));
        Assert.That((int)stranger.Status, Is.EqualTo(strangers), stranger.Text);
        Assert.That(stranger.Bytes, Is.Not.EqualTo(withFirst.Bytes));
        Assert.That(withFirst.Header("Cache-Control"), Does.StartWith("private"));
    }

    [TestCase("/health")]
    [TestCase("/metrics")]
    [TestCase("/images/{0}/jobs")]
    public async Task What_changes_by_itself_is_not_kept(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await cached.PublishPrivateAsync());
        await cached.GetAsync(url);
        Assert.That((await cached.GetAsync(url)).Header("X-Cache"), Is.EqualTo("MISS"));
    }

    [Test]
    public async Task Wrong_credentials_lock_nobody_out()
    {
        await using var cached = await CachedServer.StartAsync();
        await cached.GetAsync("/images", ("Authorization", TestServer.Basic("admin", "wrong").ToString()));
        Assert.That((int)(await cached.GetAsync("/images")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Clients_get_their_challenge_after_a_page_got_none()
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { ReadAccess = ReadAccess.All });
        Assert.That((await cached.GetAsync("/images", ("Sec-Fetch-Mode", "cors"))).Header("WWW-Authenticate"), Is.Null);
        Assert.That((await cached.GetAsync("/images")).Header("WWW-Authenticate"), Does.StartWith("Basic "));
    }

    [Test]
    public async Task An_unsupported_version_locks_nobody_out()
    {
        await using var cached = await CachedServer.StartAsync(configuration => configuration with { Authentication = AuthenticationKind.None });
        await cached.GetAsync("/images", ("accept-version", "~99"));
        Assert.That((int)(await cached.GetAsync("/images")).Status, Is.EqualTo(200));
    }

    [TestCase("/images")]
    [TestCase("/images/{0}")]
    [TestCase("/images/{0}/file")]
    public async Task Strangers_share_what_is_for_everyone(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await cached.PublishPrivateAsync());
        await cached.GetAsync(url);
        Assert.That((await cached.GetAsync(url)).Header("X-Cache"), Is.EqualTo("HIT"));
    }

    [Test]
    public async Task A_list_comes_compressed_for_those_only_who_want_it_so()
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
    public async Task Channels_are_shown_to_the_second_version_of_the_api_only(string path)
    {
        await using var cached = await CachedServer.StartAsync();
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, await cached.PublishPrivateAsync());
        var second = await cached.GetAsync(url, ("accept-version", "~2"));
        var first = await cached.GetAsync(url);
        Assert.That(second.Text, Does.Contain("\"channels\""));
        Assert.That(first.Text, Does.Not.Contain("\"channels\"").And.Contains("\"name\""));
    }

    /// <summary>A server with channels, and nginx before it.</summary>
    private sealed class CachedServer(TestServer server, NginxProcess nginx, TemporaryFolder folder) : IAsyncDisposable
    {
        private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

        private static readonly Channel Dev = new("dev", "for developers");

        private readonly HttpClient _client = new() { BaseAddress = nginx.Address };

        public static async Task<CachedServer> StartAsync(Func<ServerConfiguration, ServerConfiguration>? configure = null)
        {
            var folder = new TemporaryFolder();
            var server = await TestServer.StartAsync(configure: configuration =>
            {
                configuration = configuration with { Rules = configuration.Rules with { Channels = new ChannelSet([Dev], Dev) } };
                return configure?.Invoke(configuration) ?? configuration;
            });
            var site = Site.Replace("FOLDER", folder.Path, StringComparison.Ordinal);
            return new CachedServer(server, await NginxProcess.StartOnTextAsync(site, server.Address, folder), folder);
        }

        public Task<Answer> GetAsync(string url, params (string Name, string Value)[] headers) => _client.GetAnswerAsync(url, headers);

        public async Task<string> PublishPrivateAsync()
        {
            var uuid = await server.Admin.PublishAsync(("public", false));
            await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Convert.FromBase64String(Png), "image/png"));
            await server.Admin.CreateAsync(("name", "unactivated"));
            return uuid;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await nginx.DisposeAsync();
            await server.DisposeAsync();
            folder.Dispose();
        }
    }
}
