using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi list</c>.</summary>
[TestFixture]
internal sealed class ListCommandTests : ClientFixture
{
    private string _base = null!;
    private string _web = null!;
    private string _draft = null!;

    [OneTimeSetUp]
    public async Task PublishAsync()
    {
        _base = await Server.Admin.PublishAsync(("name", "base"), ("version", "1.0"), ("description", "old"));
        _web = await Server.Admin.PublishAsync(("name", "web"), ("version", "2.0"), ("requirements", new JsonObject { ["min_ram"] = 512 }));
        _draft = await Server.Admin.CreateAsync(("name", "draft"), ("version", "9"), ("os", "linux"), ("type", "lx-dataset"));
    }

    [TestCase("list")]
    [TestCase("help")]
    [TestCase("man")]
    [TestCase("completion bash")]
    public async Task Output_that_cannot_be_written_is_an_error_in_one_sentence(string command)
    {
        var (code, _, error) = await Client.ShellAsync($"$imgapi {command} > /dev/full");
        Assert.That(code, Is.EqualTo(2), error);
        Assert.That(error, Does.StartWith("imgapi: reading or writing failed: ").And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_pipe_gets_active_images_in_tab_separated_columns_with_whole_uuids_and_bytes()
    {
        var lines = (await OutputAsync("list")).Split('\n');
        var day = (await ManifestAsync(_base)).GetProperty("published_at").GetString()![..10];
        Assert.That(lines, Is.EqualTo(new[]
        {
            "UUID\tNAME\tVERSION\tOS\tTYPE\tSIZE\tPUBLISHED",
            $"{_base}\tbase\t1.0\tsmartos\tzone-dataset\t4\t{day}",
            $"{_web}\tweb\t2.0\tsmartos\tzone-dataset\t4\t{day}",
            "",
        }));
    }

    [Test]
    public async Task A_terminal_gets_aligned_columns_with_short_uuids_and_readable_sizes()
    {
        var (code, screen) = await Client.InTerminalAsync("", "list");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen.Split('\n').Select(line => line.TrimEnd()), Has.Some.Match($@"^{_web[..8]}  web   2\.0      smartos  zone-dataset   4 B  \d{{4}}-\d\d-\d\d$"), screen);
    }

    [Test]
    public async Task NO_COLOR_switches_colours_off()
    {
        using var plain = new ClientProgram();
        var command = $"NO_COLOR=1 HOME={plain.Home} dotnet {ServerProcess.Program} list -u {Server.Address}";
        var (_, output, _) = await Tools.RunAsync("script", ["-qec", command, "/dev/null"]);
        Assert.That(output, Does.Contain("base").And.Not.Match(@"\x1b\[\d+(;\d+)*m"));
    }

    [TestCase("web", "name=web")]
    [TestCase("web", "name=~we")]
    [TestCase("base", "name=!web")]
    [TestCase("web", "requirements.min_ram=512")]
    [TestCase("draft", "state=unactivated")]
    [TestCase("draft", "-a", "type=!zone-dataset")]
    [TestCase("draft", "-a", "os=linux", "name=~r")]
    public async Task Conditions_select_images(string name, params string[] arguments)
    {
        var output = await OutputAsync(["list", "-H", "-o", "name", .. arguments]);
        Assert.That(output, Is.EqualTo(name + "\n"));
    }

    [TestCase("base web", "-s", "name")]
    [TestCase("web base", "-s", "-name")]
    [TestCase("web base", "-s", "-version")]
    [TestCase("base draft web", "-a", "-s", "name")]
    public async Task The_order_is_that_of_a_field(string names, params string[] arguments)
    {
        var output = await OutputAsync(["list", "-H", "-o", "name", .. arguments]);
        Assert.That(output.TrimEnd().Split('\n'), Is.EqualTo(names.Split(' ')));
    }

    [Test]
    public async Task Json_is_the_array_of_the_manifests()
    {
        var images = await JsonAsync("list", "name=web");
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(images[0].GetRawText()), JsonNode.Parse((await ManifestAsync(_web)).GetRawText())), Is.True);
    }

    [Test]
    public async Task Quiet_prints_uuids_only() => Assert.That(await OutputAsync("list", "-q"), Is.EqualTo($"{_base}\n{_web}\n"));

    [Test]
    public async Task Latest_shows_the_newest_image_of_each_name()
    {
        await using var server = await TestServer.StartAsync();
        using var client = ClientProgram.Of(server.Address);
        await server.Admin.PublishAsync(("name", "app"), ("version", "1"));
        await server.Admin.PublishAsync(("name", "app"), ("version", "2"));
        var (_, output, _) = await client.RunAsync("list", "--latest", "-H", "-o", "name,version");
        Assert.That(output, Is.EqualTo("app\t2\n"));
    }

    [Test]
    public async Task A_person_without_credentials_is_told_that_only_active_images_are_shown()
    {
        using var stranger = new ClientProgram { Environment = { ["IMGAPI_URL"] = Server.Address.ToString() } };
        var (_, screen) = await stranger.InTerminalAsync("", "list", "-a");
        Assert.That(screen, Does.Contain("only active images").And.Not.Contain(_draft[..8]));
    }

    [TestCase("\"foo\" is not a condition", "foo")]
    [TestCase("\"--bogus\" is not an option of list", "--bogus")]
    public async Task A_wrong_argument_is_misuse(string problem, string argument)
    {
        var (code, _, error) = await Client.RunAsync("list", argument);
        Assert.That((code, error), Is.EqualTo((2, error)));
        Assert.That(error, Does.Contain(problem));
    }
}
