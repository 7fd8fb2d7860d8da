using System.Text.RegularExpressions;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Changes of an image on its page.</summary>
[TestFixture]
internal sealed class ChangePageTests : WritingFixture
{
    private async Task<string> StateAsync(string uuid) => (await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString()!;

    private async Task<string> OpenPublishedAsync(params (string Key, object? Value)[] changes)
    {
        var uuid = await Server.Admin.PublishAsync(changes);
        await SignInAsync($"/ui/images/{uuid}");
        return uuid;
    }

    private Task SeesStateAsync(string state) => Expect(Page.Locator(".title .badge")).ToHaveTextAsync(state);

    [Test]
    public async Task An_image_is_disabled_and_enabled()
    {
        await OpenPublishedAsync();
        await Button("Disable").ClickAsync();
        await SeesStateAsync("disabled");
        await Button("Enable").ClickAsync();
        await SeesStateAsync("active");
    }

    [Test]
    public async Task An_image_with_a_file_is_activated()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.UploadAsync(uuid);
        await SignInAsync($"/ui/images/{uuid}");
        await Button("Activate").ClickAsync();
        await SeesStateAsync("active");
    }

    [Test]
    public async Task A_file_is_uploaded_for_an_image_without_one()
    {
        var uuid = await Server.Admin.CreateAsync();
        var file = StreamFiles.Of("fs-full", "gzip");
        await SignInAsync($"/ui/images/{uuid}");
        await ChooseAsync(("later.zfs.gz", file));
        await Button("Upload").ClickAsync();
        await Button("Activate").ClickAsync();
        await SeesStateAsync("active");
        await StoredFile.AssertAsync(Server.Admin, uuid, file);
    }

    [Test]
    public async Task Fields_are_edited_and_only_those_that_changed_are_sent()
    {
        var uuid = await Server.Admin.PublishAsync(("tags", new { role = "web" }), ("description", "before"), ("homepage", "https://example.com"));
        await SignInAsync($"/ui/images/{uuid}/edit");
        await Field("description").FillAsync("after");
        await Page.GetByText("More fields").ClickAsync();
        await Field("homepage").FillAsync("");
        var sent = Page.WaitForRequestAsync(request => request.Url.Contains("action=update", StringComparison.Ordinal));
        await Button("Save").ClickAsync();
        Assert.That((await sent).PostData, Is.EqualTo("""{"description":"after","homepage":null}"""));
        await Expect(Page.Locator(".description")).ToHaveTextAsync("after");
    }

    [Test]
    public async Task A_value_that_the_server_refuses_is_reported_beside_its_field_and_nothing_changes()
    {
        var uuid = await Server.Admin.PublishAsync(("name", "stable"));
        await SignInAsync($"/ui/images/{uuid}/edit");
        await Field("name").FillAsync("no; semicolons");
        await Button("Save").ClickAsync();
        await Expect(Error("name")).ToContainTextAsync("image name has invalid characters");
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("name").GetString(), Is.EqualTo("stable"));
    }

    [Test]
    public async Task An_edit_does_not_overwrite_one_that_was_made_meanwhile()
    {
        var uuid = await Server.Admin.PublishAsync();
        await SignInAsync($"/ui/images/{uuid}/edit");
        await Server.Admin.ActAsync(uuid, "update", Requests.Json(new { description = "theirs" }));
        await Field("description").FillAsync("mine");
        await Button("Save").ClickAsync();
        await Expect(Page.Locator("#form-error")).Not.ToBeEmptyAsync();
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("description").GetString(), Is.EqualTo("theirs"));
    }

    [Test]
    public async Task An_icon_is_added_and_removed()
    {
        await OpenPublishedAsync();
        var icon = new FilePayload { Name = "icon.png", MimeType = "image/png", Buffer = Samples.Png };
        await Page.GetByLabel("Icon").SetInputFilesAsync(icon);
        await Expect(Page.Locator(".title img")).ToBeVisibleAsync();
        await Button("Remove the icon").ClickAsync();
        await Expect(Page.Locator(".title img")).ToBeHiddenAsync();
    }

    [Test]
    public async Task An_account_gets_access_and_loses_it()
    {
        var uuid = await OpenPublishedAsync();
        var account = Uuid.New().ToString();
        await Page.GetByLabel("Give an account access").FillAsync(account);
        await Button("Give access").ClickAsync();
        var remove = Button($"Remove the access of {account}");
        await Expect(remove).ToBeVisibleAsync();
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("acl")[0].GetString(), Is.EqualTo(account));
        await remove.ClickAsync();
        await Expect(remove).ToBeHiddenAsync();
    }

    [Test]
    public async Task An_account_that_is_not_a_UUID_is_refused_beside_its_field_in_the_words_of_the_server()
    {
        await OpenPublishedAsync();
        var account = Page.GetByLabel("Give an account access");
        await account.FillAsync("bob");
        await Button("Give access").ClickAsync();
        await Expect(account).ToHaveAccessibleDescriptionAsync(new Regex("is not a UUID"));
        await Expect(account).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Test]
    public async Task An_access_that_cannot_be_removed_is_reported_below_the_accounts()
    {
        var account = Uuid.New().ToString();
        var uuid = await OpenPublishedAsync(("acl", new[] { account }));
        await Server.Admin.DeleteAsync($"/images/{uuid}");
        await Button($"Remove the access of {account}").ClickAsync();
        await Expect(Page.Locator("#acl-error")).ToContainTextAsync("not found");
    }

    [Test]
    public async Task An_icon_that_the_server_refuses_is_reported_beside_its_field_and_can_be_chosen_again()
    {
        await OpenPublishedAsync();
        var icon = Page.GetByLabel("Icon");
        var text = new FilePayload { Name = "icon.txt", MimeType = "text/plain", Buffer = Samples.Text };
        await icon.SetInputFilesAsync(text);
        await Expect(icon).ToHaveAccessibleDescriptionAsync(new Regex("image/png"));
        await Page.RunAndWaitForResponseAsync(() => icon.SetInputFilesAsync(text), answer => answer.Status >= 400);
    }

    [Test]
    public async Task An_image_is_deleted_after_a_confirmation()
    {
        var uuid = await OpenPublishedAsync();
        await Button("Delete").ClickAsync();
        await Button("Delete the image").ClickAsync();
        await Page.WaitForURLAsync(Url("/"));
        Assert.That((int)(await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_image_is_kept_if_the_user_does_not_confirm()
    {
        var uuid = await OpenPublishedAsync();
        await Button("Delete").ClickAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        Assert.That(await StateAsync(uuid), Is.EqualTo("active"));
    }

    [Test]
    public async Task The_confirmation_of_a_deletion_names_the_images_that_are_based_on_it()
    {
        var origin = await Server.Admin.PublishAsync(("name", "ground"));
        await Server.Admin.PublishAsync(("name", "upper"), ("origin", origin));
        await SignInAsync($"/ui/images/{origin}");
        await Button("Delete").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link)).ToHaveTextAsync("upper 1.0.0");
        await Button("Delete the image").ClickAsync();
        await Expect(Page.Locator("#deletion-error")).Not.ToBeEmptyAsync();
        Assert.That(await StateAsync(origin), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_stranger_is_offered_no_change()
    {
        var page = await OpenAsync($"/ui/images/{await Server.Admin.PublishAsync()}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Install" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Change" })).ToBeHiddenAsync();
    }
}
