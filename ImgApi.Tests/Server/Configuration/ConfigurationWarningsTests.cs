using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Configuration;

/// <summary>Warnings about valid configurations.</summary>
[TestFixture]
internal sealed class ConfigurationWarningsTests
{
    private const string WellKnown = "other machines can reach this server, and the password of \"admin\" is one of the first that attackers try: choose another one";

    private static ServerConfiguration Configuration(string address, string password) => new()
    {
        DataFolder = "x",
        Address = IPAddress.Parse(address),
        Users = [new("admin", password)],
    };

    [TestCase("0.0.0.0", "secret")]
    [TestCase("0.0.0.0", "admin")]
    [TestCase("::", "password")]
    [TestCase("192.168.1.7", "secret")]
    [TestCase("0.0.0.0", "SECRET")]
    public void A_well_known_password_on_a_reachable_server_is_a_warning(string address, string password) =>
        Assert.That(ConfigurationWarnings.Of(Configuration(address, password)), Has.Some.EqualTo(WellKnown));

    [TestCase("127.0.0.1", "secret")]
    [TestCase("::1", "secret")]
    [TestCase("0.0.0.0", "7ziaw62zczqebtmemsav")]
    public void A_local_server_or_an_uncommon_password_is_no_warning(string address, string password) =>
        Assert.That(ConfigurationWarnings.Of(Configuration(address, password)), Has.None.EqualTo(WellKnown));

    [Test]
    public void A_hash_with_too_few_iterations_is_a_warning() =>
        Assert.That(
            ConfigurationWarnings.Of(Configuration("127.0.0.1", "$pbkdf2-sha512$i=10000$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
            Has.Some.EqualTo("the password hash of \"admin\" has too few iterations: create a new one with imgapi hash-password"));

    [Test]
    public async Task Each_start_logs_the_warnings()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", """{ "datadir": "data", "port": 0, "userdb": [{ "name": "admin", "password": "secret" }] }""");
        await using var server = await ServerProcess.StartAsync(config);
        Assert.That(server.Log, Has.Some.EndsWith($"warn  {WellKnown}"));
    }

    [Test]
    public async Task Health_shows_the_warnings_to_users()
    {
        await using var server = await TestServer.StartAsync();
        var health = (await server.Admin.GetAnswerAsync("/health")).Json;
        Assert.That(
            health.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()),
            Is.EqualTo(new[] { "the configuration has 1 password in clear text; imgapi hash-password creates hashes" }));
    }

    [Test]
    public async Task Health_hides_the_warnings_from_strangers()
    {
        await using var server = await TestServer.StartAsync();
        Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Keys, Does.Not.Contain("warnings"));
    }
}
