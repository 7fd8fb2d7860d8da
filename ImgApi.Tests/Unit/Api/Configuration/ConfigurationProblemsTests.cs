using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>What the operator reads about an invalid configuration file.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConfigurationProblemsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<string> Problems(string text) => ProblemsOf(_folder.Write("config.json", text));

    private static IReadOnlyList<string> ProblemsOf(string file) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(file))!.Problems;

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
    public void An_xAccelRedirect_that_is_not_a_plain_path_is_refused(string location) =>
        Assert.That(Problems($$"""{ "datadir": "x", "xAccelRedirect": "{{location}}" }"""), Is.EqualTo(new[]
        {
            "\"xAccelRedirect\" must be the path of a location, such as /imgapi-data/",
        }));

    [Test]
    public void All_problems_are_reported_at_once()
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
    [TestCase("""{"datadir":"x","userdb":["admin"]}""", "\"userdb\", entry 1 must be { \"name\": ..., \"password\": ..., \"role\": ... }")]
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
    [TestCase("""{"datadir":"x","logFormat":"xml"}""", "\"text\", \"json\" or \"journald\"")]
    [TestCase("""{"datadir":"x","otlpEndpoint":"localhost:4318"}""", "a URL such as http://localhost:4318")]
    [TestCase("""{"datadir":"x","quota":0}""", "\"quota\" must be a number of bytes, at least 1")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"b","quota":0}]}""", "\"userdb\", entry 1: \"quota\" must be a number of bytes, at least 1")]
    [TestCase("""{"datadir":"x","retention":{}}""", "\"retention\" must be {")]
    [TestCase("""{"datadir":"x","retention":{"fetchedWithinDays":5}}""", "with at least one of the first three")]
    [TestCase("""{"datadir":"x","retention":{"keep":0}}""", "\"retention\": \"keep\" must be a number from 1 to 10000")]
    [TestCase("""{"datadir":"x","retention":{"keep":1,"olderThanDays":10001}}""", "\"retention\": \"olderThanDays\" must be a number of days from 1 to 10000")]
    [TestCase("""{"datadir":"x","retention":{"unactivatedDays":0}}""", "\"retention\": \"unactivatedDays\" must be a number of days from 1 to 10000")]
    [TestCase("""{"datadir":"x","retention":{"keep":1,"fetchedWithinDays":-1}}""", "\"retention\": \"fetchedWithinDays\" must be a number of days from 0 to 10000")]
    [TestCase("""{"datadir":"x","contentCheck":"on"}""", "\"warn\", \"refuse\" or \"off\"")]
    [TestCase("""{"datadir":"x","allowInsecure":"true"}""", "true or false")]
    [TestCase("""{"datadir":"x","allowLocalSources":null}""", "true or false")]
    [TestCase("""{"datadir":"x","httpProxy":"proxy:3128"}""", "an http URL")]
    [TestCase("""{"datadir":"x","importTimeoutMinutes":0}""", "from 1 to 10080")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":{"a":"ftp://h"}}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":{"a":"http://h","a":"http://h"}}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","imgapiUrlFromDatacenter":["http://h"]}""", "https URL for each name")]
    [TestCase("""{"datadir":"x","userdb":[{"name":"a","password":"b"},{"name":"a","password":"c"}]}""", "\"userdb\", entry 2 has the name of an earlier entry")]
    public void An_invalid_configuration_is_refused(string text, string problem) =>
        Assert.That(Problems(text), Has.Some.Contains(problem));

    [Test]
    public void Keys_of_the_reference_are_refused_if_they_ask_for_anything_else() => Assert.That(
        Problems("""{"datadir":"x","databaseType":"moray","storageTypes":["manta","local"],"allowLocalCreateImageFromVm":true}"""),
        Has.Count.EqualTo(3));

    [Test]
    public void An_unknown_logLevel_is_refused() => Assert.That(Problems("""{"datadir":"x","logLevel":35}"""), Has.Count.EqualTo(1));

    [Test]
    public void A_missing_configuration_file_is_refused() =>
        Assert.That(ProblemsOf(_folder.Combine("none.json")), Is.EqualTo(new[] { "there is no such file" }));

    [Test]
    public void A_configuration_that_is_not_UTF8_is_refused()
    {
        var file = _folder.Combine("config.json");
        File.WriteAllBytes(file, [.. "{\"datadir\":\"d"u8, 0xfc, .. "\"}"u8]);
        Assert.That(ProblemsOf(file), Is.EqualTo(new[] { "it is not text in UTF-8; save it as UTF-8" }));
    }

    [Test]
    public void A_folder_in_place_of_the_configuration_file_is_refused() =>
        Assert.That(ProblemsOf(_folder.Path), Has.Some.Contains("it is a folder"));
}
