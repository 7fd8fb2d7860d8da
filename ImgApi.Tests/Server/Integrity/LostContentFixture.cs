using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Integrity;

/// <summary>A server without the background check, whose stored content the tests remove.</summary>
internal abstract class LostContentFixture
{
    protected static readonly byte[] Bytes = [1, 2, 3, 4];

    private TemporaryFolder _folder = null!;

    protected TestServer Server { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        Server = await StartServerAsync(scrubRate: 0);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<TestServer> StartServerAsync(long scrubRate) =>
        TestServer.StartAsync(dataFolder: _folder.Path, configure: configuration => configuration with { ScrubRate = scrubRate });

    protected async Task RestartAsync(long scrubRate = 0)
    {
        await Server.DisposeAsync();
        Server = await StartServerAsync(scrubRate);
    }

    protected string ContentOf(string uuid, string kind = "image") => Directory.GetFiles(_folder.Combine(uuid), $"{kind}-*").Single();

    protected string Lose(string uuid, string kind = "image")
    {
        var path = ContentOf(uuid, kind);
        File.Delete(path);
        return path;
    }

    /// <summary>Creates an image, removes its file, and restarts the server if demanded.</summary>
    protected async Task<string> CreateAndLoseAsync(bool restarts)
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.UploadAsync(uuid);
        Lose(uuid);
        if (restarts)
        {
            await RestartAsync();
        }

        return uuid;
    }

    protected async Task<JsonElement> HealthAsync() => (await Server.Admin.GetAnswerAsync("/health")).Json;
}
