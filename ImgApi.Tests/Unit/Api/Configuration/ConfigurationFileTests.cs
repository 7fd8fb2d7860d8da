using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

[TestFixture]
internal sealed class ConfigurationFileTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private ServerConfiguration Read(string text)
    {
        var file = Path.Combine(_folder.Path, "config.json");
        File.WriteAllText(file, text);
        return ConfigurationFile.Read(file);
    }

    private IReadOnlyList<string> Problems(string text) => Assert.Throws<ConfigurationException>(() => Read(text))!.Problems;

    [Test]
    public void The_four_keys_of_the_seed_mean_what_they_meant()
    {
        var configuration = Read("""
            { "datadir" : "/data/imgapi/files", "port" : 8080, "host" : "127.0.0.1", "userdb" : [ { "name" : "admin", "password" : "secret" } ] }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(configuration.DataFolder, Is.EqualTo("/data/imgapi/files"));
            Assert.That(configuration.Port, Is.EqualTo(8080));
            Assert.That(configuration.Host, Is.EqualTo("127.0.0.1"));
            Assert.That(configuration.Address, Is.EqualTo(IPAddress.Any), "host is never what is bound");
            Assert.That(configuration.Users, Is.EqualTo(new[] { new UserEntry("admin", "secret") }));
            Assert.That(configuration.Authentication, Is.EqualTo(AuthenticationKind.Basic));
            Assert.That(configuration.Rules.Mode, Is.EqualTo(ServerMode.Mixed));
        });
    }

    [Test]
    public void The_other_keys_are_read_too()
    {
        var configuration = Read("""
            { // comments are fine
              "datadir": "x", "address": "::1", "mode": "dc", "adminUuid": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
              "authType": "none", "maxImageSize": 5, "minFree": 0, "contentCheck": "refuse", "serverName": "my images", }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(configuration.DataFolder, Is.EqualTo(_folder.Combine("x")), "a relative path counts from the file's folder");
            Assert.That(configuration.Address, Is.EqualTo(IPAddress.IPv6Loopback));
            Assert.That(configuration.Rules, Is.EqualTo(new ServerRules(ServerMode.Dc, Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"), 5)
            {
                ContentCheck = ContentCheck.Refuse,
            }));
            Assert.That(configuration.Authentication, Is.EqualTo(AuthenticationKind.None));
            Assert.That(configuration.Room.MinFree, Is.Zero);
            Assert.That(configuration.ServerName, Is.EqualTo("my images"));
        });
    }

    [TestCase("/imgapi-data/")]
    [TestCase("/a/b.c_d~e/")]
    public void A_web_server_in_front_may_send_files(string location)
    {
        var configuration = Read($$"""{ "datadir": "x", "xAccelRedirect": "{{location}}", "xSendfile": true }""");
        Assert.That((configuration.AccelRedirect, configuration.Sendfile), Is.EqualTo((location, true)));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("//")]
    [TestCase("data/")]
    [TestCase("/data")]
    [TestCase("/../")]
    [TestCase("/a//b/")]
    [TestCase("/a b/")]
    [TestCase("/a%20b/")]
    [TestCase("/a\\r\\nX: y/")]
    public void Its_location_is_a_plain_path(string location) =>
        Assert.That(Problems($$"""{ "datadir": "x", "xAccelRedirect": "{{location}}" }"""), Is.EqualTo(new[]
        {
            "\"xAccelRedirect\" must be the path of a location, such as /imgapi-data/",
        }));

    [Test]
    public void The_keys_about_other_servers_are_read_too()
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
    public void All_problems_are_told_at_once()
    {
        var problems = Problems("""
            { "datadir": "", "port": "8080", "Host": "x", "prot": 1, "address": "example.com", "mode": "open", "port": 2,
              "userdb": [ { "name": "a:b", "password": "x" } ] }
            """);
        Assert.That(problems, Is.EqualTo(new[]
        {
            "\"Host\" is not a known key; did you mean \"host\"?",
            "\"prot\" is not a known key; did you mean \"port\"?",
            "duplicate key \"port\"",
            "\"port\" must be a number from 0 to 65535",
            "\"address\" must be an IP address, such as 0.0.0.0, 127.0.0.1 or ::",
            "\"mode\" must be \"mixed\", \"public\", \"private\" or \"dc\"",
            "\"datadir\" must be the path of a folder; ~ does not stand for the home folder",
            "\"userdb\", entry 1: \"name\" must not contain a colon",
        }));
    }

    [TestCase("{}", "\"datadir\" is missing")]
    [TestCase("[]", "does not contain a JSON object")]
    [TestCase("{", "line 1, column 2: the text ends too early")]
    [TestCase("", "the text is empty")]
    [TestCase("{\n  \"datadir\": \"\u00e4\", port: 1 }", "line 2, column 19: a name in double quotes was expected here")]
    [TestCase("{ \"datadir\": \"x\"\n  \"port\": 1 }", "line 2, column 3: a comma or a closing brace or bracket was expected here")]
    [TestCase("""{"datadir":"x","userdb":{}}""", "\"userdb\" must be a list of")]
    [TestCase("""{"datadir":"x","userdb":["admin"]}""", "\"userdb\", entry 1 must be { \"name\": ..., \"password\": ... }")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","pasword":"b"}]}""", "\"userdb\", entry 1: \"pasword\" is not a known key; did you mean \"password\"?")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"b"},{"name":"c"}]}""", "\"userdb\", entry 2: \"password\" must be a string that is not empty")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"CHANGE THIS PASSWORD"}]}""", "\"userdb\", entry 1: \"password\" is the sample's")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","name":"b","password":"c"}]}""", "\"userdb\", entry 1: duplicate key \"name\"")]
    [TestCase("""{"datadir":"x","channels":[{"name":"dev","descripton":"d"}]}""", "\"channels\", entry 1: \"descripton\" is not a known key; did you mean \"description\"?")]
    [TestCase("""{"datadir":"x","tls":{"cert":"a","keys":"b"}}""", "\"tls\": \"keys\" is not a known key; did you mean \"key\"?")]
    [TestCase("""{"datadir":"\ud800"}""", "surrogate pair")]
    [TestCase("""{"datadir":"x\u0000"}""", "the path of a folder")]
    [TestCase("""{"datadir":"x","authKeysDir":"\u0000"}""", "the path of a folder")]
    [TestCase("""{"datadir":"x","tls":"cert.pem"}""", "both in PEM")]
    [TestCase("""{"datadir":"x","tls":{"cert":"a"}}""", "\"tls\": \"key\" must be the path of a file in PEM")]
    [TestCase("""{"datadir":"x","tls":{"cert":"a","key":"b","ca":"c"}}""", "\"tls\": \"ca\" is not a known key")]
    [TestCase("""{"datadir":"~/images"}""", "~ does not stand for the home folder")]
    [TestCase("""{"datadir":"x","maxConnections":0}""", "from 1 to 1000000")]
    [TestCase("""{"datadir":"x","allowOpenWrites":1}""", "true or false")]
    [TestCase("""{"datadir":"x","maxImageSize":0}""", "at least 1")]
    [TestCase("""{"datadir":"x","minFree":-1}""", "\"minFree\" must be a number of bytes")]
    [TestCase("""{"datadir":"x","contentCheck":"on"}""", "\"warn\", \"refuse\" or \"off\"")]
    [TestCase("""{"datadir":"x","allowInsecure":"true"}""", "true or false")]
    [TestCase("""{"datadir":"x","allowLocalSources":null}""", "true or false")]
    [TestCase("""{"datadir":"x","httpProxy":"proxy:3128"}""", "an http URL")]
    [TestCase("""{"datadir":"x","importTimeoutMinutes":0}""", "from 1 to 10080")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":{"a":"ftp://h"}}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":{"a":"http://h","a":"http://h"}}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":["http://h"]}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"b"},{"name":"a","password":"c"}]}""", "\"userdb\", entry 2 has the name of an earlier entry")]
    public void What_cannot_be_used_is_refused(string text, string problem) =>
        Assert.That(Problems(text), Has.Some.Contains(problem));

    [Test]
    public void Keys_of_the_reference_that_say_what_this_server_does_are_taken()
    {
        var configuration = Read("""
            { "datadir": "x", "logLevel": "debug", "databaseType": "local", "storageTypes": ["local"], "allowLocalCreateImageFromVm": false }
            """);
        Assert.That(configuration.LogLevel, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Debug));
        Assert.That(Read("""{"datadir":"x","logLevel":40}""").LogLevel, Is.EqualTo(Microsoft.Extensions.Logging.LogLevel.Warning));
        Assert.That(
            Problems("""{"datadir":"x","logLevel":35,"databaseType":"moray","storageTypes":["manta","local"],"allowLocalCreateImageFromVm":true}"""),
            Has.Count.EqualTo(4));
    }

    [Test]
    public void A_missing_file_is_refused() =>
        Assert.That(
            Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(_folder.Combine("none.json")))!.Problems,
            Is.EqualTo(new[] { "there is no such file" }));

    [Test]
    public void Text_in_another_encoding_is_refused()
    {
        var file = _folder.Combine("config.json");
        File.WriteAllBytes(file, [.. "{\"datadir\":\"d"u8, 0xfc, .. "\"}"u8]);
        Assert.That(
            Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(file))!.Problems,
            Is.EqualTo(new[] { "it is not text in UTF-8; save it as UTF-8" }));
    }

    [Test]
    public void The_mark_that_some_editors_put_first_does_not_matter() =>
        Assert.That(Read("\uFEFF{ \"datadir\": \"x\" }").Port, Is.EqualTo(8080));

    [Test]
    public void A_folder_is_no_configuration() =>
        Assert.That(Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(_folder.Path))!.Message, Does.Contain("it is a folder"));

    [Test]
    [Platform(Exclude = "Win", Reason = "file modes")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Without_any_file_a_local_default_is_made_once_and_kept()
    {
        var (first, login) = LocalDefault.FindOrCreate(_folder.Path);
        var (second, loginAgain) = LocalDefault.FindOrCreate(_folder.Path);
        Assert.Multiple(() =>
        {
            Assert.That(first.Address, Is.EqualTo(IPAddress.Loopback));
            Assert.That(first.DataFolder, Is.EqualTo(Path.Combine(_folder.Path, ".imgapi", "images")));
            Assert.That(loginAgain, Is.Null);
            Assert.That(PasswordHash.TryParse(first.Users.Single().Password, out var hash), Is.True, "the file has the hash");
            Assert.That(hash!.Matches(login!.Password), Is.True);
            Assert.That(second.Users, Is.EqualTo(first.Users));
            Assert.That(
                File.GetUnixFileMode(Path.Combine(_folder.Path, ".imgapi", "config.json")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }
}
