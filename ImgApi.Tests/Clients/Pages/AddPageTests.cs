using System.Text.RegularExpressions;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>The page that adds an image from a file.</summary>
[TestFixture]
internal sealed class AddPageTests : WritingFixture
{
    private static readonly byte[] Stream = StreamFiles.Of("fs-full", "gzip");

    private async Task<string> CreateAsync(string name, byte[] bytes)
    {
        await SignInAsync("/ui/add");
        await ChooseAsync(($"{name}-1.2.3.zfs.gz", bytes));
        await Expect(Field("type")).ToHaveValueAsync("zone-dataset");
        await Button("Create and upload").ClickAsync();
        await Expect(Button("Activate")).ToBeVisibleAsync();
        return (await Server.Admin.GetAnswerAsync($"/images?state=all&name={name}")).Json[0].GetProperty("uuid").GetString()!;
    }

    [Test]
    public async Task What_a_file_says_about_the_image_is_filled_in()
    {
        await SignInAsync("/ui/add");
        await ChooseAsync(("base-64-23.4.0.zfs.gz", Stream));
        await Expect(Page.Locator("#file-facts")).ToContainTextAsync("a ZFS send stream, compressed by gzip");
        await Expect(Field("name")).ToHaveValueAsync("base-64");
        await Expect(Field("version")).ToHaveValueAsync("23.4.0");
        await Expect(Field("type")).ToHaveValueAsync("zone-dataset");
        await Expect(Field("os")).ToHaveValueAsync("smartos");
    }

    [Test]
    public async Task What_was_entered_before_the_file_is_kept()
    {
        await SignInAsync("/ui/add");
        await Field("name").FillAsync("mine");
        await ChooseAsync(("base-1.0.zfs.gz", Stream));
        await Expect(Field("version")).ToHaveValueAsync("1.0");
        await Expect(Field("name")).ToHaveValueAsync("mine");
    }

    [Test]
    public async Task The_image_that_an_incremental_file_is_based_on_is_filled_in()
    {
        var origin = await Server.Admin.CreateAsync(
            ("type", "zvol"), ("nic_driver", "virtio"), ("disk_driver", "virtio"), ("cpu_type", "host"), ("image_size", 10));
        await Server.Admin.UploadAsync(origin, StreamFiles.Of("vol-full", "gzip"));
        await SignInAsync("/ui/add");
        await ChooseAsync(("layer-1.zfs.gz", StreamFiles.Of("vol-incr", "gzip")));
        await Expect(Field("origin")).ToHaveValueAsync(origin);
    }

    [Test]
    public async Task A_file_that_no_machine_can_install_is_reported_before_it_is_sent()
    {
        await SignInAsync("/ui/add");
        await ChooseAsync(("vol-1.zfs.gz", StreamFiles.Of("vol-full", "gzip")));
        await Expect(Field("type")).ToHaveValueAsync("zvol");
        await Field("type").SelectOptionAsync("zone-dataset");
        await Expect(Page.Locator("#file-problem")).ToContainTextAsync("the stream is a volume, but the type zone-dataset needs a file system");
    }

    [Test]
    public async Task An_image_is_published_from_a_file()
    {
        var uuid = await CreateAsync("published", Stream);
        await Button("Activate").ClickAsync();
        await Page.WaitForURLAsync($"**/ui/images/{uuid}");
        await StoredFile.AssertAsync(Server.Admin, uuid, Stream);
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Invalid_input_is_reported_beside_its_field_in_the_words_of_the_server_while_one_types()
    {
        await SignInAsync("/ui/add");
        await Field("version").FillAsync("not a version!");
        await Expect(Error("version")).ToContainTextAsync("image version has invalid characters");
        await Expect(Error("name")).ToBeEmptyAsync();
        await Field("version").FillAsync("1.0");
        await Expect(Error("version")).ToBeEmptyAsync();
    }

    [Test]
    public async Task A_missing_field_is_reported_beside_it_when_the_form_is_sent()
    {
        await SignInAsync("/ui/add");
        await Button("Create and upload").ClickAsync();
        await Expect(Error("name")).Not.ToBeEmptyAsync();
        await Expect(Field("name")).ToBeFocusedAsync();
    }

    [Test]
    public async Task An_invalid_value_among_the_more_fields_opens_them()
    {
        await SignInAsync("/ui/add");
        foreach (var (field, value) in new[] { ("name", "x"), ("version", "1") })
        {
            await Field(field).FillAsync(value);
        }

        await Field("type").SelectOptionAsync("other");
        await Field("os").SelectOptionAsync("other");
        await Page.GetByText("More fields").ClickAsync();
        await Field("tags").FillAsync("not JSON");
        await Page.GetByText("More fields").ClickAsync();
        await Button("Create and upload").ClickAsync();
        await Expect(Error("tags")).ToContainTextAsync("not an object");
        await Expect(Field("tags")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_fields_of_volumes_are_shown_for_volumes_only()
    {
        await SignInAsync("/ui/add");
        await Field("type").SelectOptionAsync("zvol");
        await Expect(Field("disk_driver")).ToBeVisibleAsync();
        await Field("type").SelectOptionAsync("zone-dataset");
        await Expect(Field("disk_driver")).ToBeHiddenAsync();
    }

    [Test]
    public async Task An_image_without_a_file_is_created_and_shown()
    {
        await SignInAsync("/ui/add");
        await Field("name").FillAsync("empty");
        await Field("version").FillAsync("1");
        await Field("type").SelectOptionAsync("other");
        await Field("os").SelectOptionAsync("other");
        await Button("Create and upload").ClickAsync();
        await Page.WaitForURLAsync(new Regex("/ui/images/[0-9a-f-]{36}$"));
        Assert.That((await Server.Admin.GetAnswerAsync("/images?state=all&name=empty")).Json.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_check_of_what_was_typed_does_not_remove_what_the_server_said_about_the_form()
    {
        await SignInAsync("/ui/add");
        // The answer to a check that was sent before the form arrives after it.
        var held = new TaskCompletionSource<IRoute>();
        await Page.RouteAsync("**/ui/checks/manifest*", route => Task.Run(() => held.TrySetResult(route)));
        await Field("name").FillAsync("x");
        var check = await held.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await Button("Create and upload").ClickAsync();
        await Expect(Error("version")).Not.ToBeEmptyAsync();
        await check.AbortAsync();
        await Expect(Error("version")).Not.ToBeEmptyAsync();
    }

    [Test]
    public async Task The_page_asks_a_stranger_to_sign_in()
    {
        var page = await OpenAsync("/ui/add");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_session_that_ended_meanwhile_is_reported_and_nothing_that_was_entered_is_lost()
    {
        await SignInAsync("/ui/add");
        await Field("name").FillAsync("kept");
        await Page.Context.ClearCookiesAsync();
        await Button("Create and upload").ClickAsync();
        await Expect(Page.Locator("#form-error")).ToContainTextAsync("Sign in again");
        await Expect(Field("name")).ToHaveValueAsync("kept");
    }
}
