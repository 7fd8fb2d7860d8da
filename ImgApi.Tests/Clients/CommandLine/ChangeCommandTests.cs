using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary>The commands that change one image, in a pipe and in a terminal.</summary>
[TestFixture]
internal sealed class ChangeCommandTests : ClientFixture
{
    private const string Account = "11111111-1111-4111-8111-111111111111";

    private static readonly Channel Dev = new("dev", "");

    private string _image = null!;

    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(
        configure: configuration => configuration with
        {
            Rules = configuration.Rules with { Channels = new ChannelSet([Dev, new Channel("release", "")], Dev) },
        });

    [SetUp]
    public async Task PublishAsync() => _image = await Server.Admin.PublishAsync(("name", "web"), ("tags", new JsonObject { ["old"] = "1" }));

    [Test]
    public async Task Create_takes_fields_and_keeps_a_numeric_version_as_text()
    {
        var created = await JsonAsync("create", "name=app", "version=2", "os=smartos", "type=zone-dataset", "tags.role=db", "requirements.min_ram=256");
        Assert.That((created.Text("version"), created.GetProperty("requirements").GetProperty("min_ram").GetInt32()), Is.EqualTo(("2", 256)));
    }

    [Test]
    public async Task Create_takes_a_manifest_whose_fields_arguments_override()
    {
        var file = Path.Combine(Client.Home, "manifest.json");
        await File.WriteAllTextAsync(file, """{"name":"a","version":"1","os":"smartos","type":"zone-dataset"}""");
        Assert.That((await JsonAsync("create", "-m", file, "version=3")).Text("version"), Is.EqualTo("3"));
    }

    [Test]
    public async Task Create_reads_a_manifest_from_standard_input()
    {
        var (code, output, error) = await Client.RunWithInputAsync(
            """{"name":"piped","version":"1","os":"smartos","type":"zone-dataset"}""", "create", "-m", "-", "-q");
        Assert.That(code, Is.Zero, error);
        Assert.That((await ManifestAsync(output.Trim())).Text("name"), Is.EqualTo("piped"));
    }

    [Test]
    public async Task Errors_of_fields_are_shown_field_by_field()
    {
        var (code, _, error) = await Client.RunAsync("create", "name=app", "version=1", "os=beos", "type=nothing");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.Split('\n').Skip(1), Has.Some.StartsWith("  os: ").And.Some.StartsWith("  type: "));
    }

    [Test]
    public async Task Activate_prefers_the_image_of_that_name_that_is_not_active()
    {
        var draft = await Server.Admin.CreateAsync(("name", "web"), ("version", "2"));
        await Server.Admin.UploadAsync(draft);
        Assert.That(await OutputAsync("activate", "web"), Is.EqualTo($"Activated web@2 ({draft})\n"));
    }

    [Test]
    public async Task Disable_and_enable_change_the_state()
    {
        Assert.That((await JsonAsync("disable", _image)).Text("state"), Is.EqualTo("disabled"));
        Assert.That((await JsonAsync("enable", _image)).Text("state"), Is.EqualTo("active"));
    }

    [Test]
    public async Task Update_changes_a_part_of_a_field_and_removes_another()
    {
        await OutputAsync("update", _image, "description=first", "requirements.min_ram=1", "requirements.max_ram=9");
        await OutputAsync("update", _image, "description=", "requirements.min_ram=2");
        var manifest = await ManifestAsync(_image);
        Assert.That(manifest.TryGetProperty("description", out _), Is.False);
        Assert.That(manifest.GetProperty("requirements").GetRawText(), Does.Match(@"(?s)""min_ram"": 2.*""max_ram"": 9"));
    }

    [Test]
    public async Task Tags_are_set_beside_others_listed_and_removed()
    {
        await OutputAsync("tag", "set", _image, "role=db");
        Assert.That(await OutputAsync("tag", "list", _image), Is.EqualTo("KEY\tVALUE\nold\t1\nrole\tdb\n"));
        await OutputAsync("tag", "remove", _image, "old");
        Assert.That((await ManifestAsync(_image)).GetProperty("tags").EnumerateObject().Select(tag => tag.Name), Is.EqualTo(new[] { "role" }));
    }

    [Test]
    public async Task Accounts_are_added_to_the_access_list_and_removed()
    {
        await OutputAsync("acl", "add", _image, Account);
        Assert.That(await OutputAsync("acl", "list", _image), Is.EqualTo(Account + "\n"));
        await OutputAsync("acl", "remove", _image, Account);
        Assert.That(await OutputAsync("acl", "list", _image), Is.Empty);
    }

    [Test]
    public async Task Channel_add_puts_the_image_into_one_more_channel()
    {
        await OutputAsync("channel", "add", _image, "release");
        Assert.That(await OutputAsync("show", _image, "-q", "--channel", "release"), Is.EqualTo(_image + "\n"));
    }

    [Test]
    public async Task Icon_remove_removes_the_icon()
    {
        await Server.Admin.PutAnswerAsync($"/images/{_image}/icon", Requests.Bytes(Samples.Png, "image/png"));
        Assert.That((await JsonAsync("icon", "remove", _image)).TryGetProperty("icon", out _), Is.False);
    }

    [Test]
    public async Task A_tag_without_a_value_is_named_as_it_was_given()
    {
        var (code, _, error) = await Client.RunAsync("tag", "set", _image, "x");
        Assert.That((code, error), Is.EqualTo((2, "imgapi: \"x\" is not KEY=VALUE\n")));
    }

    [TestCase("activate")]
    [TestCase("disable")]
    [TestCase("enable")]
    [TestCase("update", "description=new")]
    [TestCase("tag set", "role=db")]
    [TestCase("tag remove", "old")]
    [TestCase("acl add", Account)]
    [TestCase("acl remove", Account)]
    [TestCase("channel add", "release")]
    [TestCase("icon remove")]
    public async Task A_person_at_a_terminal_reads_which_image_was_changed(string command, params string[] more)
    {
        if (command == "activate")
        {
            await Server.Admin.UploadAsync(_image = await Server.Admin.CreateAsync(("name", "web"), ("version", "2")));
        }

        await Server.Admin.PutAnswerAsync($"/images/{_image}/icon", Requests.Bytes(Samples.Png, "image/png"));
        var (code, screen) = await Client.InTerminalAsync("", [.. command.Split(' '), _image, .. more]);
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"[\w ]+ web@[\d.]+ \(" + _image + @"\)\n"));
    }

    [Test]
    public async Task Clone_needs_an_account()
    {
        var (code, _, error) = await Client.RunAsync("clone", _image);
        Assert.That((code, error), Is.EqualTo((2, "imgapi: clone needs --account UUID, the account that gets the copy\n")));
    }
}
