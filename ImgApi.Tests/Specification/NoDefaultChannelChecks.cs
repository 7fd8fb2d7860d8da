using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A server with channels of which none is the default: requests name one (contract 8).</summary>
[TestFixture]
internal sealed class NoDefaultChannelChecks() : ContractFixture(ServerMode.Public, configuration => configuration with
{
    Rules = configuration.Rules with { Channels = new ChannelSet([new("dev", "for developers")], Default: null) },
})
{
    [TestCase("/images")]
    [TestCase("/images?channel=")]
    [Check(167)]
    public async Task A_list_without_channel_is_refused(string url)
    {
        var answer = await Anonymous.GetAnswerAsync(url);
        AssertRefused(answer, 422, "ValidationFailed", "channel:MissingParameter");
        Assert.That(answer.Message, Is.EqualTo("channel not specified and the server has no default channel"));
    }

    [Test]
    [Check(167)]
    public async Task A_create_without_channel_is_refused() =>
        AssertRefused(await Admin.PostAnswerAsync("/images", Requests.Manifest()), 422, "ValidationFailed", "channel:MissingParameter");

    [TestCase("/images?channel=*")]
    [TestCase("/images?channel=dev")]
    [TestCase("/ping")]
    [Check(167)]
    public async Task A_read_that_names_a_channel_or_needs_none_is_answered(string url) => AssertImage(await Anonymous.GetAnswerAsync(url));

    [Test]
    [Check(167)]
    public async Task The_list_of_channels_marks_none_as_default() =>
        Assert.That((await Anonymous.GetAnswerAsync("/channels")).Text, Does.Not.Contain("default"));
}
