using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

[TestFixture]
internal sealed class ChannelEntryTests
{
    private static ChannelSet Read(string json)
    {
        using var folder = new TemporaryFolder();
        return ConfigurationFile.Read(folder.Write("config.json", $$"""{ "datadir": "x", "channels": {{json}} }""")).Rules.Channels;
    }

    [Test]
    public void The_order_is_kept_and_only_true_makes_a_default()
    {
        var channels = Read("""
            [ { "name": "experimental", "description": "a", "default": false },
              { "name": "dev", "description": "b", "default": true },
              { "name": "release-2_1", "description": "c" } ]
            """);
        Assert.That(channels.All.Select(channel => channel.Name), Is.EqualTo(new[] { "experimental", "dev", "release-2_1" }));
        Assert.That(channels.Default, Is.EqualTo(channels.All[1]));
    }

    [Test]
    public void There_need_not_be_a_default() =>
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
    public void What_is_no_good_is_refused(string json) => Assert.That(
        () => Read(json), Throws.TypeOf<ConfigurationException>().With.Message.Contains("\"channels\""));
}
