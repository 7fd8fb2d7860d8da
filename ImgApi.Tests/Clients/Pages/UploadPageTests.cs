using System.Security.Cryptography;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Uploads on a page over a line whose connections are cut.</summary>
[TestFixture]
internal sealed class UploadPageTests : WritingFixture
{
    private const int MiB = 1024 * 1024;

    private readonly TemporaryFolder _folder = new();
    private CuttingRelay _line = null!;

    protected override Uri Address => _line.Address;

    [OneTimeSetUp]
    public void OpenLine() => _line = new CuttingRelay(Server.Address, () => Random.Shared.NextInt64(10 * MiB, 40 * MiB));

    [OneTimeTearDown]
    public async Task CloseLineAsync()
    {
        await _line.DisposeAsync();
        _folder.Dispose();
    }

    private string WriteFile(string name, int length)
    {
        var path = _folder.Combine(name);
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(length));
        return path;
    }

    /// <summary>Drops a file as the file manager of the desktop does.</summary>
    private async Task DropAsync(string path)
    {
        var target = (await Page.Locator("#drop").BoundingBoxAsync())!;
        var devTools = await Page.Context.NewCDPSessionAsync(Page);
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
        {
            await devTools.SendAsync("Input.dispatchDragEvent", new Dictionary<string, object>
            {
                ["type"] = type,
                ["x"] = target.X + (target.Width / 2),
                ["y"] = target.Y + (target.Height / 2),
                ["data"] = new { items = Array.Empty<object>(), files = new[] { path }, dragOperationsMask = 1 },
            });
        }
    }

    private async Task<string> BeginAsync(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        await SignInAsync("/ui/add");
        await Field("type").SelectOptionAsync("other");
        await Field("os").SelectOptionAsync("other");
        await Field("version").FillAsync("1");
        await DropAsync(path);
        await Expect(Field("name")).ToHaveValueAsync(name);
        await Button("Create and upload").ClickAsync();
        await Expect(Page.Locator("#upload")).ToBeVisibleAsync();
        return (await Server.Admin.GetAnswerAsync($"/images?state=all&name={name}")).Json[0].GetProperty("uuid").GetString()!;
    }

    private Task ActivateAsync() => Button("Activate").ClickAsync();

    [Test]
    public async Task A_dropped_file_of_200_MiB_arrives_whole_although_its_connection_is_cut()
    {
        var path = WriteFile("large", 200 * MiB);
        var uuid = await BeginAsync(path);
        await ActivateAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
        Assert.That(_line.Cuts, Is.GreaterThan(2));
    }

    [Test]
    public async Task A_paused_upload_goes_on_where_it_was()
    {
        var path = WriteFile("paused", 60 * MiB);
        var uuid = await BeginAsync(path);
        await Button("Pause").ClickAsync();
        await Expect(Page.Locator("#upload-text")).ToContainTextAsync("Paused");
        await Button("Resume").ClickAsync();
        await ActivateAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
    }

    [Test]
    public async Task An_upload_goes_on_after_the_page_was_closed_when_the_same_file_is_chosen_again()
    {
        var path = WriteFile("closed", 60 * MiB);
        var uuid = await BeginAsync(path);
        await Button("Pause").ClickAsync();
        await Expect(Page.Locator("#upload-text")).ToContainTextAsync("Paused");

        await Page.GotoAsync(Url("/ui/add"));
        await Link("closed 1").ClickAsync();
        await DropAsync(path);
        var sent = Page.WaitForRequestAsync(request => request.Method == "PATCH");
        await Button("Upload").ClickAsync();
        Assert.That(long.Parse((await (await sent).HeaderValueAsync("Upload-Offset"))!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(0));
        await ActivateAsync();
        await Expect(Page.GetByText("active", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
    }

    [Test]
    public async Task A_canceled_upload_leaves_nothing_at_the_server()
    {
        var uuid = await BeginAsync(WriteFile("canceled", 60 * MiB));
        await Button("Pause").ClickAsync();
        await Button("Cancel").ClickAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        Assert.That((await Server.Admin.GetAnswerAsync("/health")).Json.GetProperty("uploads").GetArrayLength(), Is.Zero);
    }
}
