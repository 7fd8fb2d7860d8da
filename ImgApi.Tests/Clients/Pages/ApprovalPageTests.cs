using ImgApi.Tests.Server.Approval;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Approvals on the pages.</summary>
[TestFixture]
internal sealed class ApprovalPageTests : WritingFixture
{
    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(configure: ApprovalFixture.WithApproval);

    private async Task<string> AskAsync(string name = "web")
    {
        using var client = Server.As(Team.Publisher);
        return await ApprovalFixture.AskAsync(client, ("name", name), ("public", true));
    }

    private Task OpenAsAsync(string user, string path) => SignInAsync(path, user, user);

    private ILocator Badge => Page.Locator(".title .badge");

    [Test]
    public async Task A_manager_finds_and_approves_a_waiting_image()
    {
        await AskAsync("found");
        await OpenAsAsync(Team.Manager, "/");
        await Page.Locator("section[aria-labelledby=waiting]").GetByRole(AriaRole.Link, new() { Name = "found 1.0.0" }).ClickAsync();
        await Expect(Badge).ToHaveTextAsync("waits for approval");
        await Button("Approve").ClickAsync();
        await Expect(Badge).ToHaveTextAsync("active");
    }

    [Test]
    public async Task A_manager_rejects_an_image_and_its_publisher_reads_the_reason()
    {
        var uuid = await AskAsync();
        await OpenAsAsync(Team.Manager, $"/ui/images/{uuid}");
        await Page.GetByLabel("Reason of a rejection").FillAsync("no version");
        await Button("Reject").ClickAsync();
        await Expect(Badge).ToHaveTextAsync("rejected");
        await OpenAsAsync(Team.Publisher, $"/ui/images/{uuid}");
        await Expect(Page.GetByText("Rejected by manager: no version")).ToBeVisibleAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_waiting_image_and_the_list_of_waiting_images_obey_the_rules_for_accessibility(bool isList)
    {
        var uuid = await AskAsync();
        await OpenAsAsync(Team.Manager, isList ? "/" : $"/ui/images/{uuid}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { NameRegex = new(isList ? "waiting for approval" : "Approval") })).ToBeVisibleAsync();
        await AssertAccessibleAsync(Page);
    }

    [Test]
    public async Task A_publisher_asks_for_approval()
    {
        using var client = Server.As(Team.Publisher);
        var uuid = await client.CreateAsync();
        await client.UploadAsync(uuid);
        await OpenAsAsync(Team.Publisher, $"/ui/images/{uuid}");
        await Button("Ask for approval").ClickAsync();
        await Expect(Badge).ToHaveTextAsync("waits for approval");
        await Expect(Button("Approve")).ToBeHiddenAsync();
    }

    [Test]
    public async Task An_image_that_was_changed_while_the_page_was_open_is_not_approved()
    {
        var uuid = await AskAsync();
        await OpenAsAsync(Team.Manager, $"/ui/images/{uuid}");
        using var client = Server.As(Team.Publisher);
        await client.UploadAsync(uuid, [9, 9, 9]);
        await Button("Approve").ClickAsync();
        await Expect(Page.Locator("#approve-error")).ToContainTextAsync("does not wait for approval");
    }

    [Test]
    public async Task Strangers_do_not_see_that_an_image_waits()
    {
        var uuid = await AskAsync();
        var page = await OpenAsync($"/ui/images/{uuid}");
        await Expect(page.Locator(".title .badge")).ToHaveTextAsync("unactivated");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Approval" })).ToBeHiddenAsync();
    }
}
