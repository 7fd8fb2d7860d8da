using System.Collections;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>Values that come from files and environment variables.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ServerConfiguration Read(string json, params (string Name, string Value)[] variables) => ConfigurationFile.Read(
        _folder.Write("config.json", json), (IDictionary)variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    private IReadOnlyList<string> Problems(string json, params (string Name, string Value)[] variables) =>
        Assert.Throws<ConfigurationException>(() => Read(json, variables))!.Problems;

    [Test]
    public void A_password_can_be_in_a_file()
    {
        _folder.Write("password", "pass word\n");
        var configuration = Read("""{ "datadir": "x", "userdb": [ { "name": "admin", "passwordFile": "password" } ] }""");
        Assert.That(configuration.Users, Is.EqualTo(new[] { new UserEntry("admin", "pass word") }));
    }

    [Test]
    public void A_whole_key_can_be_in_a_file_as_JSON()
    {
        _folder.Write("users.json", """[ { "name": "admin", "password": "secret" } ]""");
        Assert.That(Read("""{ "datadir": "x", "userdbFile": "users.json" }""").Users, Is.EqualTo(new[] { new UserEntry("admin", "secret") }));
    }

    [TestCase("""{ "datadir": "x", "httpProxyFile": "none" }""", "\"httpProxyFile\" names a file that cannot be read: there is no such file")]
    [TestCase("""{ "datadir": "x", "httpProxyFile": "\u0000" }""", "\"httpProxyFile\" names a file that cannot be read: its path is not valid")]
    [TestCase("""{ "datadir": "x", "httpProxyFile": 1 }""", "\"httpProxyFile\" must be the path of a file")]
    [TestCase("""{ "datadir": "x", "httpProxy": "http://a:1", "httpProxyFile": "x" }""", "duplicate key \"httpProxy\"")]
    [TestCase("""{ "datadir": "x", "userdb": [ { "name": "a", "passwordFile": "none" } ] }""", "\"userdb\", entry 1: \"passwordFile\" names a file that cannot be read: there is no such file")]
    public void An_unreadable_file_is_reported_as_the_only_problem(string json, string problem) => Assert.That(Problems(json), Is.EqualTo(new[] { problem }));

    [Test]
    public void An_environment_variable_overrides_the_file() =>
        Assert.That(Read("""{ "datadir": "x", "port": 1 }""", ("IMGAPI_PORT", "2")).Port, Is.EqualTo(2));

    [Test]
    public void An_environment_variable_can_be_text_that_looks_like_a_number() =>
        Assert.That(Read("""{ "datadir": "x" }""", ("IMGAPI_SERVER_NAME", "42")).ServerName, Is.EqualTo("42"));

    [Test]
    public void An_environment_variable_can_hold_JSON() =>
        Assert.That(
            Read("{}", ("IMGAPI_DATADIR", "/x"), ("IMGAPI_USERDB", """[ { "name": "a", "password": "b" } ]""")).Users,
            Is.EqualTo(new[] { new UserEntry("a", "b") }));

    [Test]
    public void An_environment_variable_can_name_a_file() =>
        Assert.That(Read("""{ "datadir": "x" }""", ("IMGAPI_SERVER_NAME_FILE", _folder.Write("name", "mine\n"))).ServerName, Is.EqualTo("mine"));

    [TestCase("tcp://10.0.0.1:80", "\"port\" must be a number from 0 to 65535 (from IMGAPI_PORT)")]
    [TestCase("70000", "\"port\" must be a number from 0 to 65535 (from IMGAPI_PORT)")]
    public void A_problem_names_the_environment_variable_that_it_comes_from(string value, string problem) =>
        Assert.That(Problems("""{ "datadir": "x" }""", ("IMGAPI_PORT", value)), Is.EqualTo(new[] { problem }));

    [Test]
    public void An_unknown_environment_variable_is_reported_as_a_warning() =>
        Assert.That(
            ConfigurationWarnings.Of(Read("""{ "datadir": "x" }""", ("IMGAPI_PROT", "1"), ("PATH", "/bin"))),
            Has.Some.EqualTo("the environment variable IMGAPI_PROT matches no configuration key and has no effect"));
}
