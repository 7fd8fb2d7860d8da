using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi show</c>, and the ways to name an image.</summary>
[TestFixture]
internal sealed class ShowCommandTests : ClientFixture
{
    private ImageChain _chain = null!;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        await Server.Admin.PublishAsync(("name", "base"), ("version", "0.9"));
        _chain = await ImageChain.PublishAsync(Server.Admin);
    }

    [TestCase("base")]
    [TestCase("base@1.0.0")]
    public async Task A_name_means_the_newest_active_image_and_a_version_may_follow(string reference) =>
        Assert.That((await JsonAsync("show", reference)).GetProperty("uuid").GetString(), Is.EqualTo(_chain.Base));

    [TestCase(36)]
    [TestCase(8)]
    public async Task A_uuid_may_be_shortened(int length) =>
        Assert.That(await OutputAsync("show", "-q", _chain.Top[..length]), Is.EqualTo(_chain.Top + "\n"));

    [Test]
    public async Task Without_an_active_image_a_name_that_several_have_is_ambiguous()
    {
        var first = await Server.Admin.CreateAsync(("name", "twin"), ("version", "1"));
        var second = await Server.Admin.CreateAsync(("name", "twin"), ("version", "2"));
        var (code, _, error) = await Client.RunAsync("show", "twin");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain(first).And.Contain(second));
    }

    [TestCase("no-such-name")]
    [TestCase("0000")]
    [TestCase("11111111-1111-4111-8111-111111111111")]
    public async Task An_image_that_does_not_exist_is_exit_code_1(string reference)
    {
        var (code, output, error) = await Client.RunAsync("show", reference);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.StartWith("imgapi: ").And.Contain(reference));
    }

    [Test]
    public async Task Json_is_the_manifest_as_the_server_sent_it() => Assert.That(
        JsonNode.DeepEquals(
            JsonNode.Parse((await JsonAsync("show", _chain.Top)).GetRawText()), JsonNode.Parse((await ManifestAsync(_chain.Top)).GetRawText())),
        Is.True);

    [Test]
    public async Task A_pipe_gets_a_field_a_line() =>
        Assert.That((await OutputAsync("show", "top")).Split('\n'), Is.SupersetOf(new[] { $"uuid\t{_chain.Top}", $"size\t{ImageChain.FileSize}" }));

    [Test]
    public async Task A_terminal_gets_the_size_as_people_read_it()
    {
        var (code, screen) = await Client.InTerminalAsync("", "show", "top");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"size +293 KiB"));
    }

    [Test]
    public async Task The_tree_shows_origins_above_and_dependents_below() => Assert.That(
        await OutputAsync("show", "middle", "--tree"),
        Is.EqualTo($"{_chain.Base} base@1.0.0 (active)\n  * {_chain.Middle} middle@1.0.0 (active)\n    {_chain.Top} top@1.0.0 (active)\n"));

    [Test]
    public async Task The_tree_as_json_has_the_depth_of_each_image() =>
        Assert.That((await JsonAsync("show", "middle", "--tree")).EnumerateArray().Select(image => image.GetProperty("depth").GetInt32()), Is.EqualTo(new[] { 0, 1, 2 }));

    [Test]
    public async Task Control_characters_of_a_server_do_not_reach_the_terminal()
    {
        await Server.Admin.PublishAsync(("name", "evil"), ("description", "a\u001b[31mb\u202ec"));
        Assert.That(await OutputAsync("show", "evil"), Does.Contain("a?[31mb?c"));
        Assert.That(await OutputAsync("show", "evil", "--json"), Does.Contain(@"a\u001b[31mb\u202ec"));
    }
}
