using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

[TestFixture]
internal sealed class ConfiguredChannelTests
{
    private static ChannelSet Read(string json)
    {
        using var folder = new TemporaryFolder();
        return ConfigurationFile.Read(folder.Write("config.json", $$"""{ "datadir": "x", "channels": {{json}} }""")).Rules.Channels;
    }

    private static ChannelSet ThreeChannels() => Read("""
        [ { "name": "experimental", "description": "a", "default": false },
          { "name": "dev", "description": "b", "default": true },
          { "name": "release-2_1", "description": "c" } ]
        """);

    [Test]
    public void The_order_of_the_channels_is_kept() =>
        Assert.That(ThreeChannels().All.Select(channel => channel.Name), Is.EqualTo(new[] { "experimental", "dev", "release-2_1" }));

    [Test]
    public void The_channel_with_default_true_is_the_default() => Assert.That(ThreeChannels().Default?.Name, Is.EqualTo("dev"));

    [Test]
    public void A_default_channel_is_optional() =>
        Assert.That(Read("""[ { "name": "dev", "description": "a", "default": false } ]""").Default, Is.Null);

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""[ "dev" ]""")]
    [TestCase("""[ { "name": "Dev", "description": "a" } ]""")]
    [TestCase("""[ { "name": "1dev", "description": "a" } ]""")]
    [TestCase("""[ { "name": "", "description": "a" } ]""")]
    [TestCase("""[ { "name": "dev" } ]""")]
    [TestCase("""[ { "name": "dev", "description": "a", "default": "true" } ]""")]
    [TestCase("""[ { "name": "dev", "description": "a", "more": 1 } ]""")]
    [TestCase("""[ { "name": "dev", "description": "a" }, { "name": "dev", "description": "b" } ]""")]
    [TestCase("""[ { "name": "dev", "description": "a", "default": true }, { "name": "rel", "description": "b", "default": true } ]""")]
    public void Invalid_channels_are_refused(string json) => Assert.That(
        () => Read(json), Throws.TypeOf<ConfigurationException>().With.Message.Contains("\"channels\""));
}
