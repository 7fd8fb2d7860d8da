using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>A server with a team, and its audit.</summary>
internal abstract class AuditFixture
{
    protected TestServer Server { get; private set; } = null!;

    protected HttpClient Publisher { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Server = await TestServer.StartAsync(configure: configuration => Team.With(Configure(configuration)));
        Publisher = Server.As(Team.Publisher);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Publisher.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual Api.Configuration.ServerConfiguration Configure(Api.Configuration.ServerConfiguration configuration) => configuration;

    /// <summary>The events that match, the newest first.</summary>
    protected async Task<JsonElement[]> EventsAsync(string query = "") =>
        [.. (await Server.Admin.GetAnswerAsync("/audit" + query)).Json.EnumerateArray()];

    protected static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.ToString() : null;
}
