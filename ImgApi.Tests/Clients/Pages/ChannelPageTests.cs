using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Images on the pages of a server with channels.</summary>
[TestFixture]
internal sealed class ChannelPageTests : WritingFixture
{
    protected override Task<TestServer> StartServerAsync()
    {
        var dev = new Channel("dev", "Untested");
        var channels = new ChannelSet([dev, new Channel("release", "Tested")], dev);
        return TestServer.StartAsync(configure: configuration => configuration with { Rules = configuration.Rules with { Channels = channels } });
    }

    private async Task<IEnumerable<string>> ChannelsAsync(string uuid)
    {
        var found = new List<string>();
        foreach (var channel in new[] { "dev", "release" })
        {
            found.AddRange((await Server.Admin.GetAnswerAsync($"/images/{uuid}?channel={channel}")).Status == System.Net.HttpStatusCode.OK ? [channel] : []);
        }

        return found;
    }

    [Test]
    public async Task An_image_is_published_in_the_channel_that_was_chosen()
    {
        await SignInAsync("/ui/add");
        await ChooseAsync(("chosen-1.zfs.gz", StreamFiles.Of("fs-full", "gzip")));
        await Expect(Field("type")).ToHaveValueAsync("zone-dataset");
        await Page.GetByLabel("Channel").SelectOptionAsync("release");
        await Button("Create and upload").ClickAsync();
        await Button("Activate").ClickAsync();
        await Expect(Page.Locator(".title .badge")).ToHaveTextAsync("active");
        var uuid = (await Server.Admin.GetAnswerAsync("/images?channel=release")).Json[0].GetProperty("uuid").GetString()!;
        Assert.That(await ChannelsAsync(uuid), Is.EqualTo(new[] { "release" }));
    }

    [Test]
    public async Task An_image_is_added_to_another_channel_and_removed_from_it()
    {
        var uuid = await Server.Admin.PublishAsync();
        await SignInAsync($"/ui/images/{uuid}");
        await Page.GetByLabel("Add to a channel").SelectOptionAsync("release");
        await Button("Add").ClickAsync();
        var remove = Button("Remove from the channel release");
        await Expect(remove).ToBeVisibleAsync();
        Assert.That(await ChannelsAsync(uuid), Is.EqualTo(new[] { "dev", "release" }));
        await remove.ClickAsync();
        await Expect(remove).ToBeHiddenAsync();
        Assert.That(await ChannelsAsync(uuid), Is.EqualTo(new[] { "dev" }));
    }

    [Test]
    public async Task A_channel_to_which_the_image_cannot_be_added_is_reported_beside_its_field()
    {
        var uuid = await Server.Admin.PublishAsync();
        await SignInAsync($"/ui/images/{uuid}");
        await Server.Admin.DeleteAsync($"/images/{uuid}");
        await Button("Add").ClickAsync();
        await Expect(Page.GetByLabel("Add to a channel")).ToHaveAccessibleDescriptionAsync(new Regex("not found"));
    }

    [Test]
    public async Task A_channel_from_which_the_image_cannot_be_removed_is_reported_below_the_channels()
    {
        var uuid = await Server.Admin.PublishAsync();
        await Server.Admin.ActAsync(uuid, "channel-add", Requests.Json(new { channel = "release" }));
        await SignInAsync($"/ui/images/{uuid}");
        await Server.Admin.DeleteAsync($"/images/{uuid}?force_all_channels=true");
        await Button("Remove from the channel release").ClickAsync();
        await Expect(Page.Locator("#channels-error")).ToContainTextAsync("not found");
    }

    [Test]
    public async Task An_image_outside_the_default_channel_is_edited()
    {
        var uuid = (await Server.Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest(("name", "tested")))).Uuid;
        await SignInAsync($"/ui/images/{uuid}/edit");
        await Field("description").FillAsync("edited");
        await Button("Save").ClickAsync();
        await Page.WaitForURLAsync(Url($"/ui/images/{uuid}"));
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}?channel=*")).Json.GetProperty("description").GetString(), Is.EqualTo("edited"));
    }
}
