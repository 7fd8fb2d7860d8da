using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class ChannelChecks() : ContractFixture(ServerMode.Mixed, configuration => configuration with
{
    Rules = configuration.Rules with { Channels = DevAndRelease },
})
{
    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");
    private static readonly ChannelSet DevAndRelease = new([Dev, Release], Dev);

    private static readonly (string, string) Second = ("accept-version", "~2");

    private static string[] ChannelsOf(Answer answer) =>
        [.. answer.Json.GetProperty("channels").EnumerateArray().Select(channel => channel.GetString()!)];

    private Task<Answer> JoinAsync(string uuid, string channel, string query = "") =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=channel-add{query}", Requests.Json($$"""{"channel":"{{channel}}"}"""), Second);

    private async Task<bool> IsListedAsync(string uuid, string query) =>
        (await Admin.GetAnswerAsync($"/images?state=all&{query}")).Text.Contains(uuid, StringComparison.Ordinal);

    [Test]
    public async Task Check_162_a_new_image_is_in_the_default_channel()
    {
        var created = await Admin.PostAnswerAsync("/images", Requests.Manifest(("channels", new[] { "release" })), Second);
        Assert.That(ChannelsOf(created), Is.EqualTo(new[] { "dev" }));
        Assert.That((await Admin.GetAnswerAsync($"/images/{created.Uuid}")).Keys, Does.Not.Contain("channels"));
        Assert.That((await Admin.GetAnswerAsync($"/images/{created.Uuid}", ("accept-version", "*"))).Keys, Does.Contain("channels"));
    }

    [Test]
    public async Task An_image_can_begin_in_another_channel()
    {
        var created = await Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest(), Second);
        Assert.That(ChannelsOf(created), Is.EqualTo(new[] { "release" }));
        var uuid = Uuid.New().ToString();
        var imported = await Admin.PostAnswerAsync(
            $"/images/{uuid}?action=import&channel=release", Requests.Manifest(("v", 2), ("uuid", uuid), ("channels", new[] { "dev" })), Second);
        Assert.That(ChannelsOf(imported), Is.EqualTo(new[] { "release" }));
    }

    [Test]
    public async Task Check_163_an_image_is_found_in_its_channel_only()
    {
        var uuid = (await Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest())).Uuid;
        await Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none&channel=release", Requests.Bytes([1]));
        await Admin.PutAnswerAsync($"/images/{uuid}/icon?channel=release", Requests.Bytes([1], "image/png"));
        foreach (var path in new[] { "", "/file", "/icon" })
        {
            AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}{path}"), "image not found");
            AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}{path}?channel=dev"), "image not found");
            AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}{path}?channel=release"));
            AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}{path}?channel=*"));
            var unknown = await Anonymous.GetAnswerAsync($"/images/{uuid}{path}?channel=bogus");
            AssertRefused(unknown, 422, "ValidationFailed", "channel:Invalid");
            Assert.That(unknown.Message, Is.EqualTo("unknown channel: bogus"));
        }

        Assert.That(await IsListedAsync(uuid, ""), Is.False);
        Assert.That(await IsListedAsync(uuid, "channel=release"), Is.True);
        Assert.That(await IsListedAsync(uuid, "channel=*"), Is.True);
        AssertRefused(await Admin.GetAnswerAsync("/images?channel=bogus&limit=x"), 422, "ValidationFailed", "channel:Invalid");
    }

    [Test]
    public async Task Check_164_writes_are_about_one_channel()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await Admin.PostAnswerAsync($"/images/{uuid}?action=activate&channel=*"), 422, "ValidationFailed", "channel:Invalid");
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{uuid}?channel=*"), 422, "ValidationFailed", "channel:Invalid");
        AssertRefused(await Admin.PostAnswerAsync("/images?channel=*", Requests.Manifest()), 422, "ValidationFailed", "channel:Invalid");
        AssertRefused(
            await Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none&channel=bogus", Requests.Bytes([1])),
            422, "ValidationFailed", "channel:Invalid");
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{uuid}/acl?channel=release", Requests.Json("[]")), "image not found");
    }

    [Test]
    public async Task Check_165_joining_and_leaving()
    {
        var uuid = await Admin.PublishAsync();
        Assert.That(ChannelsOf(await JoinAsync(uuid, "release")), Is.EqualTo(new[] { "dev", "release" }));
        var again = await JoinAsync(uuid, "release", "&channel=release");
        Assert.That(ChannelsOf(again), Is.EqualTo(new[] { "dev", "release" }));
        Assert.That(again.Header("ETag"), Is.EqualTo((await Admin.GetAnswerAsync($"/images/{uuid}", Second)).Header("ETag")));
        var unknown = await JoinAsync(uuid, "bogus");
        AssertRefused(unknown, 422, "ValidationFailed", "channel:Invalid");
        Assert.That(unknown.Message, Is.EqualTo("unknown channel: bogus"));

        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(204));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}"), "image not found");
        var left = await Admin.GetAnswerAsync($"/images/{uuid}?channel=release", Second);
        Assert.That(ChannelsOf(left), Is.EqualTo(new[] { "release" }));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file?channel=release")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));

        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{uuid}?channel=release")).Status, Is.EqualTo(204));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}?channel=*"), $"image {uuid} not found");
        Assert.That(Directory.Exists(Path.Combine(Server.DataFolder, uuid)), Is.False);
    }

    [TestCase(null)]
    [TestCase("{}")]
    [TestCase("[]")]
    public async Task Joining_no_channel_is_refused(string? body)
    {
        var uuid = await Admin.CreateAsync();
        var answer = await Admin.PostAnswerAsync($"/images/{uuid}?action=channel-add", body is null ? null : Requests.Json(body));
        AssertRefused(answer, 422, "ValidationFailed", "channel:Invalid");
        Assert.That(answer.Message, Is.EqualTo("unknown channel: undefined"));
    }

    [Test]
    public async Task Joining_obeys_preconditions()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{uuid}?action=channel-add", Requests.Json("""{"channel":"release"}"""), ("If-Match", "zz")),
            412, "PreconditionFailed");
    }

    [Test]
    public async Task Check_166_deletion_from_all_channels_at_once()
    {
        var uuid = await Admin.CreateAsync();
        await JoinAsync(uuid, "release");
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{uuid}?force_all_channels=true")).Status, Is.EqualTo(204));
        AssertNotFound(await Admin.GetAnswerAsync($"/images/{uuid}?channel=*"), $"image {uuid} not found");
    }

    [Test]
    public async Task Check_166_the_channels_are_listed()
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
        AssertRefused(await Anonymous.AnswerAsync(HttpMethod.Post, "/channels", null), 405, "MethodNotAllowedError");
    }

    [Test]
    public async Task Only_dependents_in_the_same_channel_keep_an_origin_there()
    {
        var origin = await Admin.PublishAsync();
        await JoinAsync(origin, "release");
        var child = (await Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest(("origin", origin)))).Uuid;
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release"), 422, "ImageHasDependentImages");
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{origin}")).Status, Is.EqualTo(204));
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release"), 422, "ImageHasDependentImages");
        await Admin.DeleteAnswerAsync($"/images/{child}?channel=release");
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{origin}?channel=release")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task An_update_replaces_the_channels_whatever_their_names()
    {
        var uuid = await Admin.CreateAsync();
        Task<Answer> Update(string body) => Admin.PostAnswerAsync($"/images/{uuid}?action=update&channel=dev", Requests.Json(body), Second);
        Assert.That(ChannelsOf(await Update("""{"channels":["dev","gone"]}""")), Is.EqualTo(new[] { "dev", "gone" }));
        AssertRefused(await Update("""{"channels":[]}"""), 422, "ValidationFailed", "channels:Invalid");
        AssertRefused(await Update("""{"channels":"dev"}"""), 422, "ValidationFailed", "channels:Invalid");
        AssertRefused(await Update("""{"channels":["dev",5]}"""), 422, "ValidationFailed", "channels:Invalid");
        AssertRefused(await Update("""{"channels":null}"""), 422, "ValidationFailed", "channels:MissingParameter");
        AssertImage(await Update("""{"description":"x"}"""));
        Assert.That(ChannelsOf(await Update("""{"channels":["dev"]}""")), Is.EqualTo(new[] { "dev" }));
    }
}
