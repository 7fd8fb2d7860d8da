using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>A server with channels, behind an nginx that caches every answer that it may.</summary>
internal sealed class CachedServer(TestServer server, NginxProcess nginx, TemporaryFolder folder) : IAsyncDisposable
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
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Samples.Png, "image/png"));
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
