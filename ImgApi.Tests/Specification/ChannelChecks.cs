using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The channels of images, and reads from a channel.</summary>
[TestFixture]
internal sealed class ChannelChecks : ChannelFixture
{
    private string _inRelease = null!;

    [OneTimeSetUp]
    public async Task CreateWithFileAndIconAsync()
    {
        _inRelease = await CreateInReleaseAsync();
        await Admin.PutAnswerAsync($"/images/{_inRelease}/file?compression=none&channel=release", Requests.Bytes([1]));
        await Admin.PutAnswerAsync($"/images/{_inRelease}/icon?channel=release", Requests.Bytes([1], "image/png"));
    }

    [Test]
    [Check(162)]
    public async Task A_new_image_is_in_the_default_channel_whatever_its_manifest_says()
    {
        var created = await Admin.PostAnswerAsync("/images", Requests.Manifest(("channels", new[] { "release" })), Version2);
        Assert.That(ChannelsOf(created), Is.EqualTo("dev"));
    }

    [TestCase(null, false)]
    [TestCase("*", true)]
    [TestCase("~2", true)]
    [Check(162)]
    public async Task Channels_are_shown_to_clients_of_version_2_only(string? version, bool shown)
    {
        var answer = await Admin.GetAnswerAsync(
            $"/images/{await Admin.CreateAsync()}", version is null ? [] : [("accept-version", version)]);
        Assert.That(answer.Keys.Contains("channels"), Is.EqualTo(shown));
    }

    [Test]
    public async Task An_image_can_be_created_in_another_channel() =>
        Assert.That(ChannelsOf(await Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest(), Version2)), Is.EqualTo("release"));

    [Test]
    public async Task An_image_can_be_imported_into_another_channel()
    {
        var uuid = Uuid.New().ToString();
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("channels", new[] { "dev" }));
        var imported = await Admin.PostAnswerAsync($"/images/{uuid}?action=import&channel=release", manifest, Version2);
        Assert.That(ChannelsOf(imported), Is.EqualTo("release"));
    }

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    [Check(163)]
    public async Task An_image_is_found_in_its_channel_only(string path)
    {
        var url = $"/images/{_inRelease}{path}";
        AssertNotFound(await Anonymous.GetAnswerAsync(url), "image not found");
        AssertNotFound(await Anonymous.GetAnswerAsync($"{url}?channel=dev"), "image not found");
        AssertImage(await Anonymous.GetAnswerAsync($"{url}?channel=release"));
    }

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    [Check(163)]
    public async Task A_star_finds_an_image_in_any_channel(string path) =>
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{_inRelease}{path}?channel=*"));

    [TestCase("")]
    [TestCase("/file")]
    [TestCase("/icon")]
    [Check(163)]
    public async Task A_read_from_an_unknown_channel_is_refused(string path) =>
        AssertUnknownChannel(await Anonymous.GetAnswerAsync($"/images/{_inRelease}{path}?channel=bogus"), "bogus");

    [TestCase("", false)]
    [TestCase("channel=release", true)]
    [TestCase("channel=*", true)]
    [Check(163)]
    public async Task A_list_has_the_images_of_its_channel(string query, bool listed) =>
        Assert.That(
            (await Admin.GetAnswerAsync($"/images?state=all&{query}")).Text.Contains(_inRelease, StringComparison.Ordinal), Is.EqualTo(listed));

    [Test]
    [Check(163)]
    public async Task An_unknown_channel_of_a_list_is_reported_before_other_errors() =>
        AssertRefused(await Admin.GetAnswerAsync("/images?channel=bogus&limit=x"), 422, "ValidationFailed", "channel:Invalid");

    [Test]
    [Check(166)]
    public async Task The_channels_are_listed()
    {
        var answer = await Anonymous.GetAnswerAsync("/channels?channel=bogus");
        Assert.That(answer.Text, Is.EqualTo(
            """
            [
              {
                "name": "dev",
                "description": "for developers",
                "default": true
              },
              {
                "name": "release",
                "description": "for everyone"
              }
            ]
            """));
    }

    [Test]
    public async Task Channels_cannot_be_created() =>
        AssertRefused(await Anonymous.AnswerAsync(HttpMethod.Post, "/channels", null), 405, "MethodNotAllowedError");
}
