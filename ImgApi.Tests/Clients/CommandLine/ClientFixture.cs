using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>A server, and the program as its client.</summary>
[Category("Slow")]
[Platform("Linux", Reason = "terminals")]
internal abstract class ClientFixture
{
    protected TestServer Server { get; private set; } = null!;

    protected ClientProgram Client { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Server = await StartServerAsync();
        Client = ClientProgram.Of(Server.Address);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    protected virtual Task<TestServer> StartServerAsync() => TestServer.StartAsync();

    /// <summary>Runs a command that must succeed.</summary>
    protected async Task<string> OutputAsync(params string[] arguments)
    {
        var (code, output, error) = await Client.RunAsync(arguments);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    /// <summary>Runs a command with <c>--json</c>.</summary>
    protected async Task<JsonElement> JsonAsync(params string[] arguments) => JsonElement.Parse(await OutputAsync([.. arguments, "--json"]));

    protected async Task<JsonElement> ManifestAsync(string uuid) => (await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json;
}

/// <summary>Members of answers.</summary>
internal static class JsonMembers
{
    /// <summary>A text member.</summary>
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();
}
