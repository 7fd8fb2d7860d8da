using System.Text;
using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Pages;

/// <summary>Manifest files on the page that adds an image.</summary>
[TestFixture]
internal sealed class ManifestFileTests : WritingFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_manifest_that_is_dropped_with_the_file_keeps_its_uuid_unless_the_user_declines(bool keeps)
    {
        var uuid = Uuid.New().ToString();
        var name = $"given-{keeps}";
        var manifest = new JsonObject
        {
            ["v"] = 2,
            ["uuid"] = uuid,
            ["owner"] = Uuid.Zero.ToString(),
            ["name"] = name,
            ["version"] = "1",
            ["type"] = "zone-dataset",
            ["os"] = "smartos",
            ["published_at"] = "2020-01-02T03:04:05.000Z",
            ["description"] = "from the manifest",
            ["state"] = "active",
        };
        await SignInAsync("/ui/add");
        await ChooseAsync(("given.imgmanifest", Encoding.UTF8.GetBytes(manifest.ToJsonString())), ("given.zfs.gz", StreamFiles.Of("fs-full", "gzip")));
        await Expect(Page.Locator("#file-facts")).ToContainTextAsync("ZFS");
        await Page.GetByLabel("Keep the UUID").SetCheckedAsync(keeps);
        await Button("Create and upload").ClickAsync();
        await Expect(Button("Activate")).ToBeVisibleAsync();
        var image = (await Server.Admin.GetAnswerAsync($"/images?state=all&name={name}")).Json[0];
        Assert.That((image.GetProperty("uuid").GetString() == uuid, image.GetProperty("description").GetString()), Is.EqualTo((keeps, "from the manifest")));
    }

    [Test]
    public async Task A_manifest_that_is_not_JSON_is_reported()
    {
        await SignInAsync("/ui/add");
        await ChooseAsync(("broken.imgmanifest", [1, 2, 3]));
        await Expect(Page.Locator("#form-error")).ToContainTextAsync("it is not JSON");
    }

    [Test]
    public async Task A_manifest_cannot_add_an_action_to_the_address_of_a_request()
    {
        var victim = await Server.Admin.PublishAsync(("name", "victim"));
        var manifest = $$"""{"uuid":"{{victim}}?action=disable&x=","name":"n","version":"1","type":"other","os":"other"}""";
        await SignInAsync("/ui/add");
        await ChooseAsync(("hostile.imgmanifest", Encoding.UTF8.GetBytes(manifest)));
        await Expect(Page.Locator("#form-error")).ToContainTextAsync("its uuid is not a UUID");
        await Button("Create and upload").ClickAsync();
        await Expect(Error("name")).Not.ToBeEmptyAsync();
        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{victim}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }
}
