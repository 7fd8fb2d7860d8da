using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Users;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Support;

/// <summary>A server with a users file, which is missing at its start. Its <c>userdb</c> has <see cref="TestServer.User"/>.</summary>
internal sealed class UsersFileServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private UsersFileServer()
    {
    }

    public TestServer Server { get; private set; } = null!;

    public string Path => _folder.Combine("users.json");

    public UsersFile File => new(Path);

    public static async Task<UsersFileServer> StartAsync(
        Func<ServerConfiguration, ServerConfiguration>? configure = null, Action<IServiceCollection>? replace = null)
    {
        var server = new UsersFileServer();
        await server.RestartAsync(configure, replace);
        return server;
    }

    /// <summary>Starts a server with the same users file and data folder; an earlier one must have been disposed.</summary>
    public async Task RestartAsync(Func<ServerConfiguration, ServerConfiguration>? configure = null, Action<IServiceCollection>? replace = null) =>
        Server = await TestServer.StartAsync(
            dataFolder: _folder.Combine("data"),
            configure: configuration => (configure?.Invoke(configuration) ?? configuration) with { UsersFile = Path },
            replace: replace);

    /// <summary>Replaces users, keys and roles of the configuration, as SIGHUP does.</summary>
    public void Reload(Func<ServerConfiguration, ServerConfiguration> change) =>
        Server.Service<CurrentUsers>().Replace(change(Server.Service<ServerConfiguration>()));

    /// <summary>Adds a user whose password is the name, with a cheap hash.</summary>
    public void AddUser(string name, Role role) => File.AddUser(new UserAccount(name, HashOf(name), role));

    public static string HashOf(string password) => PasswordHash.Create(password, iterations: 10_000).ToString();

    /// <summary>Adds a token.</summary>
    /// <returns>What the server keeps, and the secret.</returns>
    public (AccessToken Token, string Secret) AddToken(string? user, Role role, DateTimeOffset? expires = null)
    {
        var secret = TokenSecret.Create();
        var token = new AccessToken(AccessToken.NewId(), TokenSecret.HashOf(secret), user, role, "", DateTimeOffset.UnixEpoch, expires, RevokedAt: null);
        File.AddToken(token);
        return (token, secret);
    }

    /// <summary>Who the server says that a caller is: name and role.</summary>
    public async Task<(string? User, string? Role)> WhoAsync(string authorization)
    {
        var answer = await AskAsync(authorization);
        return answer.Status == System.Net.HttpStatusCode.OK ? (answer.Json.GetProperty("user").GetString(), answer.Json.GetProperty("role").GetString()) : default;
    }

    public Task<Answer> AskAsync(string authorization) => Server.Anonymous.GetAnswerAsync("/ping", ("Authorization", authorization));

    public static string Basic(string user, string password) => TestServer.Basic(user, password).ToString();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
