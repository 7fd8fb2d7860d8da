using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Tests of pages on which a user who is signed in adds and changes images.</summary>
internal abstract class WritingFixture : PageFixture
{
    protected override bool ExpectsRefusals => true;

    /// <summary>The window of the user.</summary>
    protected IPage Page { get; private set; } = null!;

    /// <summary>Signs in, and opens a path.</summary>
    protected async Task SignInAsync(string path, string user = TestServer.User, string password = TestServer.Password)
    {
        Page = await OpenAsync($"/ui/sign-in?return={Uri.EscapeDataString(path)}");
        await Page.GetByLabel("Name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.Locator("main button").ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(Url(path));
        await Page.WaitForLoadStateAsync();
    }

    protected ILocator Field(string name) => Page.Locator($"[data-field={name}]");

    /// <summary>What the page says about a field.</summary>
    protected ILocator Error(string field) => Page.Locator($"#error-{field}");

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Chooses files, as in the dialog of the browser.</summary>
    protected async Task ChooseAsync(params (string Name, byte[] Bytes)[] files) => await Page.GetByLabel("Drop an image file here, or choose it")
        .SetInputFilesAsync(files.Select(file => new FilePayload { Name = file.Name, MimeType = "application/octet-stream", Buffer = file.Bytes }));
}
