using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A server without channels does not know them (contract 8).</summary>
[TestFixture]
internal sealed class NoChannelChecks() : ContractFixture(ServerMode.Public)
{
    [TestCase("GET")]
    [TestCase("DELETE")]
    [Check(166)]
    public async Task There_is_no_list_of_channels(string method) =>
        AssertNotFound(await Admin.AnswerAsync(new HttpMethod(method), "/channels", null), "/channels does not exist");

    [Test]
    [Check(166)]
    public async Task The_channel_of_a_list_is_ignored() => AssertImage(await Anonymous.GetAnswerAsync("/images?channel=bogus"));

    [Test]
    [Check(166)]
    public async Task The_channel_of_an_image_is_ignored() =>
        AssertImage(await Admin.GetAnswerAsync($"/images/{await Admin.CreateAsync()}?channel=bogus"));

    [Test]
    [Check(166)]
    public async Task The_channels_of_a_new_image_are_ignored()
    {
        var manifest = Requests.Manifest(("channels", new[] { "dev" }));
        var created = await Admin.PostAnswerAsync("/images?channel=bogus", manifest, ("accept-version", "~2"));
        AssertImage(created);
        Assert.That(created.Keys, Does.Not.Contain("channels"));
    }

    [Test]
    [Check(166)]
    public async Task The_action_that_adds_to_a_channel_is_unknown() =>
        AssertRefused(
            await Admin.PostAnswerAsync(
                $"/images/{await Admin.CreateAsync()}?action=channel-add", Requests.Json("""{"channel":"dev"}""")),
            422, "InvalidParameter", "action:Invalid");

    [Test]
    public async Task An_update_of_channels_is_refused()
    {
        var update = await Admin.PostAnswerAsync(
            $"/images/{await Admin.CreateAsync()}?action=update", Requests.Json("""{"channels":["dev"]}"""));
        AssertRefused(update, 422, "ValidationFailed", "channels:Invalid");
        Assert.That(update.Text, Does.Contain("channels is invalid with an IMGAPI not configured for channels"));
    }
}
