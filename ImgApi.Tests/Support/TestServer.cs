using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ImgApi.Api.Configuration;
using ImgApi.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Support;

/// <summary>The whole server in this process, on a free loopback port and with its own data folder.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string User = "admin";
    public const string Password = "secret";

    private readonly WebApplication _app;
    private readonly string? _ownFolder;

    private TestServer(WebApplication app, string folder, string? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        DataFolder = folder;
        Address = new Uri(app.Urls.Single());
        Anonymous = new HttpClient { BaseAddress = Address };
        Admin = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = Basic(User, Password) } };
    }

    public Uri Address { get; }

    public string DataFolder { get; }

    /// <summary>Every route with each of its methods.</summary>
    public IEnumerable<(string Method, string Path)> Routes => Endpoints.Select(endpoint => (endpoint.Method, endpoint.Path));

    /// <summary>Every route with each of its methods, and the metadata of the action.</summary>
    public IEnumerable<(string Method, string Path, EndpointMetadataCollection Metadata)> Endpoints =>
        from endpoint in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata);

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous { get; }

    /// <summary>A client with the credentials of the configured user.</summary>
    public HttpClient Admin { get; }

    /// <summary>A client with the credentials of another user, whose password is the name.</summary>
    public HttpClient As(string user) => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = Basic(user, user) } };

    /// <summary>Starts a server. <paramref name="configure"/> changes the configuration, <paramref name="replace"/> replaces services such as the clock.</summary>
    public static async Task<TestServer> StartAsync(
        ServerMode mode = ServerMode.Mixed,
        string? dataFolder = null,
        long? maxFileSize = null,
        Func<ServerConfiguration, ServerConfiguration>? configure = null,
        Action<IServiceCollection>? replace = null)
    {
        var own = dataFolder is null ? Directory.CreateTempSubdirectory("imgapi-test-").FullName : null;
        var folder = dataFolder ?? Path.Combine(own!, "data");
        var configuration = new ServerConfiguration
        {
            DataFolder = folder,
            Address = IPAddress.Loopback,
            Port = 0,
            Users = [new(User, Password)],
            Rules = new ServerRules(mode, MaxFileSize: maxFileSize ?? ImageLimits.DefaultFile),
        };
        var app = await ServerHost.StartAsync(configure?.Invoke(configuration) ?? configuration, replace);
        return new TestServer(app, folder, own);
    }

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Stops the server as SIGTERM does: when this returns, all requests have ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Stops the server. Deletes the data folder unless the test supplied it.</summary>
    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Admin.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }
}
