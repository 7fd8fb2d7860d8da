using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Writes to images in channels, and the action that adds an image to a channel.</summary>
[TestFixture]
internal sealed class ChannelWriteChecks : ChannelFixture
{
    [TestCase("POST", "/images/{uuid}?action=activate&channel=*")]
    [TestCase("DELETE", "/images/{uuid}?channel=*")]
    [TestCase("POST", "/images?channel=*")]
    [TestCase("PUT", "/images/{uuid}/file?compression=none&channel=bogus")]
    [Check(164)]
    public async Task A_write_names_one_known_channel(string method, string url)
    {
        var target = url.Replace("{uuid}", await Admin.CreateAsync());
        AssertRefused(
            await Admin.AnswerAsync(new HttpMethod(method), target, Requests.Manifest()), 422, "ValidationFailed", "channel:Invalid");
    }

    [Test]
    [Check(164)]
    public async Task A_write_does_not_find_an_image_of_another_channel() =>
        AssertNotFound(
            await Admin.PostAnswerAsync($"/images/{await Admin.CreateAsync()}/acl?channel=release", Requests.Json("[]")), "image not found");

    [Test]
    [Check(165)]
    public async Task An_image_can_be_in_two_channels() =>
        Assert.That(ChannelsOf(await JoinAsync(await Admin.PublishAsync(), "release")), Is.EqualTo("dev release"));

    [Test]
    [Check(165)]
    public async Task Adding_an_image_to_its_own_channel_changes_nothing()
    {
        var uuid = await Admin.CreateAsync();
        var first = await JoinAsync(uuid, "release");
        var again = await JoinAsync(uuid, "release", "&channel=release");
        Assert.That(ChannelsOf(again), Is.EqualTo("dev release"));
        Assert.That(again.Header("ETag"), Is.EqualTo(first.Header("ETag")));
    }

    [TestCase("""{"channel":"bogus"}""", "bogus")]
    [TestCase(null, "undefined")]
    [TestCase("{}", "undefined")]
    [TestCase("[]", "undefined")]
    [Check(165)]
    public async Task Adding_an_image_to_an_unknown_channel_is_refused(string? body, string channel) =>
        AssertUnknownChannel(
            await Admin.PostAnswerAsync(
                $"/images/{await Admin.CreateAsync()}?action=channel-add", body is null ? null : Requests.Json(body)),
            channel);

    [Test]
    public async Task Adding_an_image_to_a_channel_respects_preconditions() =>
        AssertRefused(
            await Admin.PostAnswerAsync(
                $"/images/{await Admin.CreateAsync()}?action=channel-add", Requests.Json("""{"channel":"release"}"""), ("If-Match", "zz")),
            412, "PreconditionFailed");

    [Test]
    [Check(165)]
    public async Task A_delete_takes_an_image_out_of_one_channel_only()
    {
        var uuid = await Admin.PublishAsync();
        await JoinAsync(uuid, "release");
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{uuid}"));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}"), "image not found");
        Assert.That(ChannelsOf(await Admin.GetAnswerAsync($"/images/{uuid}?channel=release", Version2)), Is.EqualTo("release"));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file?channel=release")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
    }

    [Test]
    [Check(165)]
    public async Task A_delete_from_its_last_channel_removes_an_image()
    {
        var uuid = await CreateInReleaseAsync();
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{uuid}?channel=release"));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}?channel=*"), $"image {uuid} not found");
        Assert.That(Directory.Exists(Path.Combine(Server.DataFolder, uuid)), Is.False);
    }

    [Test]
    [Check(166)]
    public async Task An_image_can_be_deleted_from_all_channels_at_once()
    {
        var uuid = await Admin.CreateAsync();
        await JoinAsync(uuid, "release");
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{uuid}?force_all_channels=true"));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}?channel=*"), $"image {uuid} not found");
    }

    [Test]
    public async Task An_origin_can_leave_a_channel_only_after_its_dependents()
    {
        var origin = await Admin.PublishAsync();
        await JoinAsync(origin, "release");
        var child = await CreateInReleaseAsync(("origin", origin));
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release"), 422, "ImageHasDependentImages");
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{child}?channel=release"));
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release"));
    }

    [Test]
    public async Task An_origin_can_leave_a_channel_in_which_it_has_no_dependents()
    {
        var origin = await Admin.PublishAsync();
        await JoinAsync(origin, "release");
        await CreateInReleaseAsync(("origin", origin));
        AssertDeleted(await Admin.DeleteAnswerAsync($"/images/{origin}"));
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release"), 422, "ImageHasDependentImages");
    }

    [TestCase("""{"channels":["dev","gone"]}""", "dev gone")]
    [TestCase("""{"channels":["dev"]}""", "dev")]
    [TestCase("""{"description":"x"}""", "dev release")]
    public async Task An_update_replaces_the_channels_by_any_names(string body, string channels)
    {
        var uuid = await Admin.CreateAsync();
        await JoinAsync(uuid, "release");
        Assert.That(ChannelsOf(await UpdateAsync(uuid, body)), Is.EqualTo(channels));
    }

    [TestCase("[]", "channels:Invalid")]
    [TestCase("\"dev\"", "channels:Invalid")]
    [TestCase("[\"dev\",5]", "channels:Invalid")]
    [TestCase("null", "channels:MissingParameter")]
    public async Task An_update_with_invalid_channels_is_refused(string channels, string error) =>
        AssertRefused(await UpdateAsync(await Admin.CreateAsync(), $$"""{"channels":{{channels}}}"""), 422, "ValidationFailed", error);

    private Task<Answer> UpdateAsync(string uuid, string body) =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=update&channel=dev", Requests.Json(body), Version2);
}
