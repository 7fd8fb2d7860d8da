using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A server in mode mixed with the channels dev, which is the default, and release (contract 8).</summary>
internal abstract class ChannelFixture() : ContractFixture(ServerMode.Mixed, configuration => configuration with
{
    Rules = configuration.Rules with { Channels = DevAndRelease },
})
{
    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly Channel Release = new("release", "for everyone");
    private static readonly ChannelSet DevAndRelease = new([Dev, Release], Dev);

    /// <summary>Manifests show their channels to clients that ask for this version.</summary>
    protected static readonly (string Name, string Value) Version2 = ("accept-version", "~2");

    /// <summary>The channels of a manifest, separated by spaces.</summary>
    protected static string ChannelsOf(Answer answer) =>
        string.Join(' ', answer.Json.GetProperty("channels").EnumerateArray().Select(channel => channel.GetString()));

    /// <summary>Adds the image to a channel.</summary>
    protected Task<Answer> JoinAsync(string uuid, string channel, string query = "") =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=channel-add{query}", Requests.Json($$"""{"channel":"{{channel}}"}"""), Version2);

    /// <summary>Creates an image in the channel release only.</summary>
    protected async Task<string> CreateInReleaseAsync(params (string Key, object? Value)[] changes) =>
        (await Admin.PostAnswerAsync("/images?channel=release", Requests.Manifest(changes))).Uuid;

    protected static void AssertUnknownChannel(Answer answer, string channel)
    {
        AssertRefused(answer, 422, "ValidationFailed", "channel:Invalid");
        Assert.That(answer.Message, Is.EqualTo($"unknown channel: {channel}"));
    }

    protected static void AssertDeleted(Answer answer) => Assert.That((int)answer.Status, Is.EqualTo(204), answer.Text);
}
