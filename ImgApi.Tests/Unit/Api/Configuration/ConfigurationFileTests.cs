using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Retention;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>What a valid configuration file means.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ServerConfiguration Read(string text) => ConfigurationFile.Read(_folder.Write("config.json", text));

    [Test]
    public void The_keys_of_trondn_imgapi_keep_their_meaning()
    {
        var configuration = Read("""
            { "datadir" : "/data/imgapi/files", "port" : 8080, "host" : "127.0.0.1", "userdb" : [ { "name" : "admin", "password" : "secret" } ] }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(configuration.DataFolder, Is.EqualTo("/data/imgapi/files"));
            Assert.That(configuration.Port, Is.EqualTo(8080));
            Assert.That(configuration.Host, Is.EqualTo("127.0.0.1"));
            Assert.That(configuration.Address, Is.EqualTo(IPAddress.Any), "host is not the address to listen on");
            Assert.That(configuration.Users, Is.EqualTo(new[] { new UserEntry("admin", "secret") }));
            Assert.That(configuration.Authentication, Is.EqualTo(AuthenticationKind.Basic));
            Assert.That(configuration.Rules.Mode, Is.EqualTo(ServerMode.Mixed));
        });
    }

    [Test]
    public void The_keys_for_address_rules_and_limits_are_read()
    {
        var configuration = Read("""
            { // comments are fine
              "datadir": "x", "address": "::1", "mode": "dc", "adminUuid": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
              "authType": "none", "maxImageSize": 5, "minFree": 0, "contentCheck": "refuse", "approval": true, "serverName": "my images", "webPage": false, }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(configuration.DataFolder, Is.EqualTo(_folder.Combine("x")), "relative to the folder of the file");
            Assert.That(configuration.Address, Is.EqualTo(IPAddress.IPv6Loopback));
            Assert.That(configuration.Rules, Is.EqualTo(new ServerRules(ServerMode.Dc, Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"), 5)
            {
                ContentCheck = ContentCheck.Refuse,
                RequiresApproval = true,
            }));
            Assert.That(configuration.Authentication, Is.EqualTo(AuthenticationKind.None));
            Assert.That(configuration.Room.MinFree, Is.Zero);
            Assert.That(configuration.ServerName, Is.EqualTo("my images"));
            Assert.That(configuration.WebPage, Is.False);
        });
    }

    [Test]
    public void The_rules_of_retention_are_read_in_days()
    {
        var configuration = Read("""{ "datadir": "x", "retention": { "keep": 3, "olderThanDays": 90, "unactivatedDays": 7 } }""");
        Assert.That(configuration.Retention!.Rules, Is.EqualTo(RetentionRules.OfDays(keep: 3, olderThan: 90, unactivated: 7, fetchedWithin: 30)));
    }

    [TestCase("/imgapi-data/")]
    [TestCase("/a/b.c_d~e/")]
    public void The_keys_for_a_web_server_in_front_are_read(string location)
    {
        var configuration = Read($$"""{ "datadir": "x", "xAccelRedirect": "{{location}}", "xSendfile": true }""");
        Assert.That((configuration.AccelRedirect, configuration.Sendfile), Is.EqualTo((location, true)));
    }

    [Test]
    public void The_keys_for_other_servers_are_read()
    {
        var configuration = Read("""
            { "datadir": "x", "allowInsecure": true, "allowLocalSources": false, "httpProxy": "http://me:secret@proxy:3128",
              "importTimeoutMinutes": 90, "datacenterName": "here",
              "imgapiUrlFromDatacenter": { "west": "http://imgapi.west.example.com", "east": "https://imgapi.east.example.com?channel=dev" } }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(configuration.Remote.AllowInsecure, Is.True);
            Assert.That(configuration.AllowLocalSources, Is.False);
            Assert.That(configuration.Remote.Proxy, Is.EqualTo(new Uri("http://me:secret@proxy:3128")));
            Assert.That(configuration.Remote.TotalTimeout, Is.EqualTo(TimeSpan.FromMinutes(90)));
            Assert.That(configuration.DatacenterName, Is.EqualTo("here"));
            Assert.That(configuration.Datacenters.Keys, Is.EqualTo(new[] { "west", "east" }));
            Assert.That(configuration.Datacenters["east"].Channel, Is.EqualTo("dev"));
        });
    }

    [Test]
    public void Keys_of_the_reference_are_accepted_if_they_ask_for_what_this_server_does() => Assert.That(
        () => Read("""{ "datadir": "x", "databaseType": "local", "storageTypes": ["local"], "allowLocalCreateImageFromVm": false }"""),
        Throws.Nothing);

    [TestCase("\"debug\"", LogLevel.Debug)]
    [TestCase("40", LogLevel.Warning)]
    public void LogLevel_is_a_name_or_a_number_of_Bunyan(string value, LogLevel level) =>
        Assert.That(Read($$"""{"datadir":"x","logLevel":{{value}}}""").LogLevel, Is.EqualTo(level));

    [Test]
    public void A_byte_order_mark_is_ignored() =>
        Assert.That(Read("\uFEFF{ \"datadir\": \"x\" }").Port, Is.EqualTo(8080));
}
