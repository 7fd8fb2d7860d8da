using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>The keys of the configuration that are about credentials.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CredentialSettingsTests : IDisposable
{
    private const string Users = "\"userdb\":[{\"name\":\"admin\",\"password\":\"secret\"}]";
    private const string Folder = "\"authKeysDir\":\"keys\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ServerConfiguration Read(params string[] members) =>
        ConfigurationFile.Read(_folder.Write("config.json", $"{{{string.Join(',', members.Prepend("\"datadir\":\"x\""))}}}"));

    private IReadOnlyList<string> Problems(params string[] members) => Assert.Throws<ConfigurationException>(() => Read(members))!.Problems;

    [Test]
    public void What_is_configured_decides_how_callers_show_who_they_are()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Read().Authentication, Is.EqualTo(AuthenticationKind.Basic));
            Assert.That(Read(Users).Authentication, Is.EqualTo(AuthenticationKind.Basic));
            Assert.That(Read(Folder).Authentication, Is.EqualTo(AuthenticationKind.Signature));
            Assert.That(Read(Folder, Users).Authentication, Is.EqualTo(AuthenticationKind.Basic | AuthenticationKind.Signature));
            Assert.That(Read(Folder).KeyFolder, Is.EqualTo(_folder.Combine("keys")));
        });
    }

    [TestCase("\"basic,signature\"")]
    [TestCase("\"signature, Basic\"")]
    [TestCase("[\"basic\", \"signature\"]")]
    public void Both_ways_can_be_asked_for(string value) =>
        Assert.That(
            Read(Users, Folder, $"\"authType\":{value}").Authentication, Is.EqualTo(AuthenticationKind.Basic | AuthenticationKind.Signature));

    [TestCase("\"\"")]
    [TestCase("\"basic,\"")]
    [TestCase("\"basic,basic\"")]
    [TestCase("\"basic,none\"")]
    [TestCase("\"digest\"")]
    [TestCase("[]")]
    [TestCase("[1]")]
    [TestCase("true")]
    public void Other_ways_are_refused(string value) =>
        Assert.That(
            Problems(Users, Folder, $"\"authType\":{value}"),
            Is.EqualTo(new[] { "\"authType\" must be \"basic\", \"signature\", \"basic,signature\" or \"none\"" }));

    [TestCase("signature", Users, "\"authType\" is signature, but there are no keys: set \"authKeys\" or \"authKeysDir\"")]
    [TestCase("basic,signature", Users, "\"authType\" is basic, signature, but there are no keys: set \"authKeys\" or \"authKeysDir\"")]
    [TestCase("none", "\"readAuth\":\"private\"", "\"readAuth\" asks for credentials, but \"authType\" is none: remove one of them")]
    [TestCase("none", "\"readAuth\":\"all\"", "\"readAuth\" asks for credentials, but \"authType\" is none: remove one of them")]
    public void Contradictions_are_told(string kinds, string member, string problem) =>
        Assert.That(Problems($"\"authType\":\"{kinds}\"", member), Has.Member(problem));

    [TestCase("signature", "\"authType\" is signature, so the users in \"userdb\" are not used")]
    [TestCase("basic", "\"authType\" is basic, so the keys in \"authKeys\" or \"authKeysDir\" are not used")]
    [TestCase("none", "\"authType\" is none, so the users in \"userdb\" are not used")]
    public void What_is_never_asked_for_is_told_and_no_error(string kinds, string notice) =>
        Assert.That(ConfigurationWarnings.Of(Read(Users, Folder, $"\"authType\":\"{kinds}\"")), Has.Member(notice));

    [TestCase("open", ReadAccess.Open)]
    [TestCase("private", ReadAccess.Private)]
    [TestCase("all", ReadAccess.All)]
    public void Access_to_reads_is_read(string word, ReadAccess access)
    {
        Assert.That(Read($"\"readAuth\":\"{word}\"").ReadAccess, Is.EqualTo(access));
        Assert.That(Read().ReadAccess, Is.EqualTo(ReadAccess.Open));
    }

    [Test]
    public async Task Keys_are_read_and_a_bad_one_is_named_but_not_shown()
    {
        var key = await SshKeys.PublicAsync("ed25519");
        Assert.That(Read($"\"authKeys\":{{\"bob\":[\"{key}\"]}}").Keys["bob"], Is.EqualTo(new[] { key }));
        Assert.That(
            Problems($"\"authKeys\":{{\"bob\":[\"{key}\",\"ssh-rsa SECRET\"]}}"),
            Is.EqualTo(new[] { "\"authKeys\" has a key that cannot be used: key 2 of \"bob\" is not an OpenSSH public key that this server can use" }));
    }

    [TestCase("[]")]
    [TestCase("{\"bob\":\"ssh-rsa AAAA\"}")]
    [TestCase("{\"\":[]}")]
    [TestCase("{\"bob\":[],\"bob\":[]}")]
    public void Keys_must_have_the_form(string value) =>
        Assert.That(Problems($"\"authKeys\":{value}"), Has.Some.StartsWith("\"authKeys\" must be an object of lists"));

    [Test]
    public void A_password_can_be_a_hash()
    {
        var user = Read($"\"userdb\":[{{\"name\":\"bob\",\"password\":\"{PasswordHash.Create("x", iterations: 20_000)}\"}}]").Users.Single();
        Assert.That(user.IsHashed, Is.True);
        Assert.That(Read(Users).Users.Single().IsHashed, Is.False);
    }

    [TestCase("$2b$12$abcdefghijklmnopqrstuv")]
    [TestCase("$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA")]
    [TestCase("$pbkdf2-sha512$i=600000$broken")]
    public void A_hash_of_another_kind_is_not_taken_for_a_password(string password) =>
        Assert.That(
            Problems($"\"userdb\":[{{\"name\":\"bob\",\"password\":\"{password}\"}}]").Single(),
            Does.StartWith("\"userdb\", entry 1: \"password\" ").And.Contain("imgapi hash-password").And.Not.Contain(password));
}
