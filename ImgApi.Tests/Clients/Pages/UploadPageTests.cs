using System.Security.Cryptography;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Uploads on a page over a line whose connections can be cut.</summary>
[TestFixture]
internal sealed class UploadPageTests : WritingFixture
{
    private const int MiB = 1024 * 1024;

    // The connections are cut at the same places in each run.
    private readonly Random _random = new(15);
    private readonly TemporaryFolder _folder = new();
    private CuttingRelay _line = null!;
    private bool _lineIsBad;

    protected override Uri Address => _line.Address;

    [OneTimeSetUp]
    public void OpenLine() => _line = new CuttingRelay(Server.Address, () => _lineIsBad ? _random.NextInt64(10 * MiB, 40 * MiB) : long.MaxValue);

    [SetUp]
    public void MendLine() => _lineIsBad = false;

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
        await Page.Locator("#drop").ScrollIntoViewIfNeededAsync();
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

    private Task OpenAddAsync() => SignInAsync("/ui/add");

    private async Task<string> BeginOnPageAsync(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
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
        _lineIsBad = true;
        var path = WriteFile("large", 200 * MiB);
        await OpenAddAsync();
        var uuid = await BeginOnPageAsync(path);
        await ActivateAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
        Assert.That(_line.Cuts, Is.GreaterThan(2));
    }

    /// <summary>Begins an upload, and pauses it after its first part has arrived.</summary>
    private async Task<string> BeginAndPauseAsync(string path)
    {
        var parts = 0;
        var second = new TaskCompletionSource();
        // The second part never leaves the browser.
        Func<IRoute, Task> hold = route => route.Request.Method != "PATCH" || ++parts != 2 ? route.ContinueAsync() : Task.Run(second.TrySetResult);
        await OpenAddAsync();
        await Page.RouteAsync("**/file/uploads/*", hold);
        var uuid = await BeginOnPageAsync(path);
        await second.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await Button("Pause").ClickAsync();
        await Expect(Page.Locator("#upload-text")).ToContainTextAsync("Paused");
        await Page.UnrouteAsync("**/file/uploads/*", hold);
        return uuid;
    }

    /// <summary>The offset of the next part that the page sends.</summary>
    private async Task<string?> NextOffsetAsync(Func<Task> action) =>
        await (await Page.RunAndWaitForRequestAsync(action, request => request.Method == "PATCH")).HeaderValueAsync("Upload-Offset");

    [Test]
    public async Task A_paused_upload_goes_on_where_it_was()
    {
        var path = WriteFile("paused", 40 * MiB);
        var uuid = await BeginAndPauseAsync(path);
        Assert.That(await NextOffsetAsync(() => Button("Resume").ClickAsync()), Is.EqualTo($"{16 * MiB}"));
        await ActivateAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
    }

    [Test]
    public async Task An_upload_goes_on_after_the_page_was_closed_when_the_same_file_is_chosen_again()
    {
        var path = WriteFile("closed", 40 * MiB);
        var uuid = await BeginAndPauseAsync(path);
        await Page.GotoAsync(Url("/ui/add"));
        await Link("closed 1").ClickAsync();
        await DropAsync(path);
        Assert.That(await NextOffsetAsync(() => Button("Upload").ClickAsync()), Is.EqualTo($"{16 * MiB}"));
        await ActivateAsync();
        await Expect(Page.Locator(".title .badge")).ToHaveTextAsync("active");
        await StoredFile.AssertAsync(Server.Admin, uuid, await File.ReadAllBytesAsync(path));
    }

    [Test]
    public async Task A_canceled_upload_leaves_nothing_at_the_server()
    {
        var uuid = await BeginAndPauseAsync(WriteFile("canceled", 40 * MiB));
        await Button("Cancel").ClickAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        Assert.That((await Server.Admin.GetAnswerAsync("/health")).Json.GetProperty("uploads").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task An_upload_whose_place_another_file_took_does_not_replace_it()
    {
        var uuid = await BeginAndPauseAsync(WriteFile("late", 40 * MiB));
        await Server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", Requests.Bytes([1, 2, 3]));
        await Button("Resume").ClickAsync();
        await Expect(Page.Locator("#upload-error")).Not.ToBeEmptyAsync();
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task A_session_that_ended_during_an_upload_is_reported_with_a_link_to_the_sign_in()
    {
        await BeginAndPauseAsync(WriteFile("signed-out", 40 * MiB));
        await Page.Context.ClearCookiesAsync();
        await Button("Resume").ClickAsync();
        await Expect(Page.Locator("#upload-error")).ToHaveTextAsync("Your session has ended. Sign in again");
    }
}
