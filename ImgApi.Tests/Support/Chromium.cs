using Microsoft.Playwright;

namespace ImgApi.Tests.Support;

/// <summary>A running Chromium without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>A host name by which the browser reaches this machine.</summary>
    public const string OtherName = "images.example.com";

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>Starts the browser. If it is not installed, the test is skipped, or fails in CI.</summary>
    public static async Task<Chromium> StartAsync()
    {
        var program = Tools.Require("chromium", "chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--host-resolver-rules=MAP {OtherName} 127.0.0.1",
            ],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }
}
