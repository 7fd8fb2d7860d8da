using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Configuration;

/// <summary>The configuration keys for users, keys and their use.</summary>
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

    [TestCase(AuthenticationKind.Basic)]
    [TestCase(AuthenticationKind.Basic, Users)]
    [TestCase(AuthenticationKind.Signature, Folder)]
    [TestCase(AuthenticationKind.Basic | AuthenticationKind.Signature, Folder, Users)]
    public void By_default_authType_follows_from_the_configured_users_and_keys(AuthenticationKind kind, params string[] members) =>
        Assert.That(Read(members).Authentication, Is.EqualTo(kind));

    [Test]
    public void A_relative_authKeysDir_is_relative_to_the_configuration_file() =>
        Assert.That(Read(Folder).KeyFolder, Is.EqualTo(_folder.Combine("keys")));

    [TestCase("", Role.Admin)]
    [TestCase(",\"role\":\"read\"", Role.Read)]
    [TestCase(",\"role\":\"Publish\"", Role.Publish)]
    [TestCase(",\"role\":\"manage\"", Role.Manage)]
    [TestCase(",\"role\":\"admin\"", Role.Admin)]
    public void The_role_of_a_user_is_that_of_the_entry_and_admin_by_default(string member, Role role) =>
        Assert.That(Read(WithMember(member)).RoleOf("joe"), Is.EqualTo(role));

    [TestCase("\"operator\"")]
    [TestCase("\"1\"")]
    [TestCase("1")]
    [TestCase("null")]
    public void An_unknown_role_is_refused(string role) => Assert.That(
        Problems(WithMember($",\"role\":{role}")),
        Is.EqualTo(new[] { "\"userdb\", entry 1: \"role\" must be \"read\", \"publish\", \"manage\" or \"admin\"" }));

    [Test]
    public void A_user_with_a_key_has_the_role_in_roles_and_is_admin_by_default()
    {
        var configuration = Read(Folder, "\"roles\":{\"ci\":\"publish\"}");
        Assert.That((configuration.RoleOf("ci"), configuration.RoleOf("other")), Is.EqualTo((Role.Publish, Role.Admin)));
    }

    [TestCase("\"roles\":{\"ci\":\"operator\"}", "\"roles\" must be an object of roles: { \"USER\": \"read\", \"publish\", \"manage\" or \"admin\" }")]
    [TestCase("\"roles\":[]", "\"roles\" must be an object of roles: { \"USER\": \"read\", \"publish\", \"manage\" or \"admin\" }")]
    [TestCase("\"roles\":{\"admin\":\"read\"}", "\"roles\" has a role of \"admin\", whose role belongs to the entry in \"userdb\"")]
    [TestCase("\"roles\":{\"ic\":\"read\"}", "\"roles\" has a role of \"ic\", who is not a user: there is no such name in \"authKeys\"")]
    public void Roles_that_have_no_effect_are_refused(string member, string problem) =>
        Assert.That(Problems(Users, member), Is.EqualTo(new[] { problem }));

    private static string WithMember(string member) => $"\"userdb\":[{{\"name\":\"joe\",\"password\":\"secret\"{member}}}]";

    [TestCase("\"basic,signature\"")]
    [TestCase("\"signature, Basic\"")]
    [TestCase("[\"basic\", \"signature\"]")]
    public void AuthType_can_name_both_schemes(string value) =>
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
    public void An_invalid_authType_is_refused(string value) =>
        Assert.That(
            Problems(Users, Folder, $"\"authType\":{value}"),
            Is.EqualTo(new[] { "\"authType\" must be \"basic\", \"signature\", \"basic,signature\" or \"none\"" }));

    [TestCase("signature", Users, "\"authType\" is signature, but there are no keys: set \"authKeys\" or \"authKeysDir\"")]
    [TestCase("basic,signature", Users, "\"authType\" is basic, signature, but there are no keys: set \"authKeys\" or \"authKeysDir\"")]
    [TestCase("none", "\"readAuth\":\"private\"", "\"readAuth\" asks for credentials, but \"authType\" is none: remove one of them")]
    [TestCase("none", "\"readAuth\":\"all\"", "\"readAuth\" asks for credentials, but \"authType\" is none: remove one of them")]
    public void Contradictory_keys_are_refused(string kinds, string member, string problem) =>
        Assert.That(Problems($"\"authType\":\"{kinds}\"", member), Has.Member(problem));

    [TestCase("signature", "\"authType\" is signature, so the users in \"userdb\" are not used")]
    [TestCase("basic", "\"authType\" is basic, so the keys in \"authKeys\" or \"authKeysDir\" are not used")]
    [TestCase("none", "\"authType\" is none, so the users in \"userdb\" are not used")]
    public void Credentials_that_authType_excludes_are_reported_as_a_warning(string kinds, string notice) =>
        Assert.That(ConfigurationWarnings.Of(Read(Users, Folder, $"\"authType\":\"{kinds}\"")), Has.Member(notice));

    [TestCase("open", ReadAccess.Open)]
    [TestCase("private", ReadAccess.Private)]
    [TestCase("all", ReadAccess.All)]
    public void ReadAuth_sets_which_reads_need_credentials(string word, ReadAccess access) =>
        Assert.That(Read($"\"readAuth\":\"{word}\"").ReadAccess, Is.EqualTo(access));

    [Test]
    public void By_default_reads_need_no_credentials() => Assert.That(Read().ReadAccess, Is.EqualTo(ReadAccess.Open));

    [Test]
    public async Task The_keys_of_a_user_are_read()
    {
        var key = await SshKeys.PublicAsync("ed25519");
        Assert.That(Read($"\"authKeys\":{{\"bob\":[\"{key}\"]}}").Keys["bob"], Is.EqualTo(new[] { key }));
    }

    [Test]
    public async Task An_invalid_key_is_named_but_not_shown()
    {
        var key = await SshKeys.PublicAsync("ed25519");
        Assert.That(
            Problems($"\"authKeys\":{{\"bob\":[\"{key}\",\"ssh-rsa SECRET\"]}}"),
            Is.EqualTo(new[] { "\"authKeys\" has a key that cannot be used: key 2 of \"bob\" is not an OpenSSH public key that this server can use" }));
    }

    [TestCase("[]")]
    [TestCase("{\"bob\":\"ssh-rsa AAAA\"}")]
    [TestCase("{\"\":[]}")]
    [TestCase("{\"bob\":[],\"bob\":[]}")]
    public void Malformed_authKeys_are_refused(string value) =>
        Assert.That(Problems($"\"authKeys\":{value}"), Has.Some.StartsWith("\"authKeys\" must be an object of lists"));

    [Test]
    public void A_password_can_be_a_hash()
    {
        var user = Read($"\"userdb\":[{{\"name\":\"bob\",\"password\":\"{PasswordHash.Create("x", iterations: 20_000)}\"}}]").Users.Single();
        Assert.That(user.IsHashed, Is.True);
    }

    [Test]
    public void A_clear_password_is_not_taken_for_a_hash() => Assert.That(Read(Users).Users.Single().IsHashed, Is.False);

    [TestCase("$2b$12$abcdefghijklmnopqrstuv")]
    [TestCase("$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA")]
    [TestCase("$pbkdf2-sha512$i=600000$broken")]
    public void A_hash_of_an_unsupported_kind_is_refused(string password) =>
        Assert.That(
            Problems($"\"userdb\":[{{\"name\":\"bob\",\"password\":\"{password}\"}}]").Single(),
            Does.StartWith("\"userdb\", entry 1: \"password\" ").And.Contain("imgapi hash-password").And.Not.Contain(password));
}
