using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Api.Web.Images;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Web;

/// <summary>The commands that a person copies into a shell.</summary>
[TestFixture]
internal sealed class InstallCommandsTests
{
    private const string Uuid = "43ca32a1-0000-4000-8000-000000000000";

    private static readonly ServerConfiguration Configuration = new() { DataFolder = "/tmp" };

    private static InstallCommands Commands(Image image, ServerConfiguration configuration, string server = "http://host:8080") =>
        InstallCommands.For(
            image, JsonSerializer.SerializeToElement(new { name = image.Details.Name, version = image.Details.Version, type = image.Details.Type }), server, configuration);

    private static ImageBuilder Builder => new ImageBuilder().WithUuid(Uuid).WithFile();

    [Test]
    public void The_server_is_added_as_a_source() =>
        Assert.That(Commands(Builder.Build(), Configuration).AddSource, Is.EqualTo("imgadm sources -a http://host:8080"));

    [Test]
    public void A_file_is_downloaded_under_its_usual_name() => Assert.That(
        Commands(Builder.Build(), Configuration).Download, Is.EqualTo($"curl -f -o base-1.0.0.zfs.gz http://host:8080/images/{Uuid}/file"));

    [TestCase(ReadAccess.All, true, true)]
    [TestCase(ReadAccess.Private, true, false)]
    [TestCase(ReadAccess.Private, false, true)]
    [TestCase(ReadAccess.Open, false, false)]
    public void A_download_names_a_user_where_the_server_requires_one(ReadAccess access, bool isPublic, bool expected)
    {
        var image = Builder.With(details => details with { Public = isPublic }).Build();
        Assert.That(Commands(image, Configuration with { ReadAccess = access }).Download.Contains("-u USER", StringComparison.Ordinal), Is.EqualTo(expected));
    }

    [TestCase(ReadAccess.All, "http://USER:PASSWORD@host:8080")]
    [TestCase(ReadAccess.Open, "http://host:8080")]
    public void A_source_has_credentials_where_the_server_requires_them(ReadAccess access, string expected) => Assert.That(
        Commands(Builder.Build(), Configuration with { ReadAccess = access }).AddSource, Is.EqualTo($"imgadm sources -a {expected}"));

    [TestCase("release", "imgadm import " + Uuid)]
    [TestCase("dev", "imgadm import -C dev " + Uuid)]
    public void An_import_names_the_channel_unless_it_is_the_default(string channel, string expected)
    {
        var release = new Channel("release", "");
        var rules = new ServerRules { Channels = new ChannelSet([new Channel("dev", ""), release], release) };
        var image = Builder.With(details => details with { Channels = [channel] }).Build();
        Assert.That(Commands(image, Configuration with { Rules = rules }).Import, Is.EqualTo(expected));
    }

    [Test]
    public void An_address_with_other_characters_is_quoted() => Assert.That(
        Commands(Builder.Build(), Configuration, "http://host/it's;here").AddSource, Is.EqualTo(@"imgadm sources -a 'http://host/it'\''s;here'"));

    [TestCase("http://localhost:8080", true)]
    [TestCase("http://[::1]:8080/prefix", true)]
    [TestCase("https://images.example.com", false)]
    [TestCase("http://192.0.2.1:8080", false)]
    public void Commands_with_an_address_of_the_server_machine_itself_are_local(string server, bool expected) =>
        Assert.That(Commands(Builder.Build(), Configuration, server).AreLocal, Is.EqualTo(expected));

    [TestCase("$(reboot)")]
    [TestCase("x'; reboot; '")]
    [TestCase("x\nEND\nreboot\n")]
    public void A_hostile_name_adds_no_command(string name)
    {
        var commands = Commands(Builder.Named(name).With(details => details with { Version = name }).Build(), Configuration);
        Assert.Multiple(() =>
        {
            Assert.That(commands.Download, Does.Match(@"\Acurl -f -o [A-Za-z0-9_.+-]+ http://host:8080/images/[0-9a-f-]{36}/file\z"));
            Assert.That(commands.Machine, Does.Not.Contain("\nEND\n").And.Match("\"alias\": \"[A-Za-z0-9_.-]*\""));
        });
    }

    [Test]
    public void A_hostile_requirement_does_not_end_the_text_of_the_machine()
    {
        var requirements = JsonSerializer.SerializeToElement(new { brand = "x\nEND\nreboot\n'\"" });
        var machine = Commands(Builder.With(details => details with { Requirements = requirements }).Build(), Configuration).Machine!;
        Assert.That(machine.Split('\n').Count(line => line == "END"), Is.EqualTo(1));
    }
}
