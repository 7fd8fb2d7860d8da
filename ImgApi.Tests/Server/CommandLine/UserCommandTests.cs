using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary><c>imgapi user</c>.</summary>
[TestFixture]
internal sealed class UserCommandTests : UsersCommandFixture
{
    [Test]
    public async Task A_new_user_has_the_role_and_the_hash_of_the_password_from_standard_input()
    {
        var result = await WithInputAsync("a long password\n", "user", "add", "joe", "--role", "manage");
        var joe = Content.Users.Single();
        Assert.That(result, Is.EqualTo((0, "Added joe, role manage\n", "")));
        Assert.That((joe.Name, joe.Role, PasswordHash.TryParse(joe.PasswordHash, out var hash) && hash.Matches("a long password")), Is.EqualTo(("joe", Role.Manage, true)));
    }

    [Test]
    public async Task In_a_terminal_the_password_is_asked_for_twice_and_not_shown()
    {
        var (code, screen) = await Terminal.RunAsync($"{Terminal.ImgApi} user add joe -c {Configuration}", "a long one\na long one\n");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"Password: ?\r?\nRepeat: ?\r?\nAdded joe, role publish"));
    }

    [Test]
    public async Task Two_passwords_that_differ_change_nothing()
    {
        var (code, screen) = await Terminal.RunAsync($"{Terminal.ImgApi} user add joe -c {Configuration}", "a long one\nanother\n");
        Assert.That((code, Content.Users.Count), Is.EqualTo((1, 0)), screen);
    }

    [Test]
    public async Task An_unknown_role_is_refused() => Assert.That(
        await WithInputAsync("x", "user", "add", "joe", "--role", "root"),
        Is.EqualTo((2, "", "imgapi: --role must be read, publish, manage or admin; see imgapi help\n")));

    [Test]
    public async Task A_mistyped_option_is_no_name() => Assert.That(
        await WithInputAsync("x", "user", "add", "--rolle"), Is.EqualTo((2, "", "imgapi: \"--rolle\" is not an option of add; see imgapi help\n")));

    [TestCase("joe", "imgapi: there is a user \"joe\" already, in the users file or in \"userdb\" or \"roles\" of the configuration\n")]
    [TestCase("admin", "imgapi: there is a user \"admin\" already, in the users file or in \"userdb\" or \"roles\" of the configuration\n")]
    public async Task A_name_that_is_taken_is_refused(string name, string error)
    {
        await AddJoeAsync();
        Assert.That(await WithInputAsync("a long password\n", "user", "add", name), Is.EqualTo((1, "", error)));
    }

    [Test]
    public async Task A_name_that_the_roles_of_the_configuration_have_is_refused()
    {
        Write("""
            "authKeysDir":".","roles":{"bob":"read"},
            """);
        Assert.That((await WithInputAsync("a long password\n", "user", "add", "bob")).Code, Is.EqualTo(1));
    }

    [TestCase("a:b")]
    [TestCase("")]
    [TestCase("a\u001bb")]
    public async Task An_impossible_name_is_refused(string name) => Assert.That(
        await WithInputAsync("x", "user", "add", name),
        Is.EqualTo((2, "", "imgapi: the name of a user must not be empty, nor have colons or invisible characters\n")));

    [Test]
    public async Task A_password_as_an_argument_is_refused_without_repeating_it() =>
        Assert.That(await RunAsync("user", "add", "joe", "geheim"), Is.EqualTo((2, "", "imgapi: the command takes no more arguments; see imgapi help\n")));

    [Test]
    public async Task A_token_is_no_password()
    {
        var (code, _, error) = await WithInputAsync(TokenSecret.Create(), "user", "add", "joe");
        Assert.That((code, error), Is.EqualTo((1, "imgapi: this is a token, which cannot be a password\n")));
    }

    [Test]
    public async Task A_password_can_be_changed()
    {
        await AddJoeAsync();
        await WithInputAsync("another long one\n", "user", "passwd", "joe");
        Assert.That(PasswordHash.TryParse(Content.Users.Single().PasswordHash, out var hash) && hash.Matches("another long one"), Is.True);
    }

    [Test]
    public async Task A_role_can_be_changed()
    {
        await AddJoeAsync();
        Assert.That(await RunAsync("user", "role", "joe", "read"), Is.EqualTo((0, "Changed joe, role read\n", "")));
        Assert.That(Content.Users.Single().Role, Is.EqualTo(Role.Read));
    }

    [TestCase("10g", 10737418240, "10 GiB")]
    [TestCase("none", null, "none")]
    public async Task A_quota_can_be_changed(string size, long? bytes, string shown)
    {
        await AddJoeAsync();
        await RunAsync("user", "quota", "joe", "1000");
        Assert.That(await RunAsync("user", "quota", "joe", size), Is.EqualTo((0, $"Changed joe, quota {shown}\n", "")));
        Assert.That(Content.Users.Single().Quota, Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_quota_stays_when_the_role_is_changed()
    {
        await AddJoeAsync();
        await RunAsync("user", "quota", "joe", "1000");
        await RunAsync("user", "role", "joe", "read");
        Assert.That(Content.Users.Single().Quota, Is.EqualTo(1000));
    }

    [TestCase("0")]
    [TestCase("much")]
    public async Task A_quota_that_is_not_a_size_is_refused(string size)
    {
        await AddJoeAsync();
        Assert.That(await RunAsync("user", "quota", "joe", size), Is.EqualTo((2, "", "imgapi: a quota must be at least 1 byte, such as 10g or 500 MiB, or none; see imgapi help\n")));
    }

    [TestCase("ann", "imgapi: there is no user \"ann\" in the users file\n")]
    [TestCase("admin", "imgapi: there is no user \"admin\" in the users file, but in \"userdb\" of the configuration: edit it there\n")]
    public async Task Only_users_of_the_file_can_be_changed(string name, string error) =>
        Assert.That(await RunAsync("user", "role", name, "read"), Is.EqualTo((1, "", error)));

    [Test]
    public async Task A_user_who_has_keys_is_not_removed_since_they_would_be_those_of_an_administrator()
    {
        Write("""
            "authKeysDir":"keys",
            """);
        Write("keys/joe.keys", "#");
        await AddJoeAsync();
        Assert.That((await RunAsync("user", "remove", "joe"), Content.Users.Count), Is.EqualTo(((1, "", "imgapi: \"joe\" has keys, which would stay valid, with the role admin: remove them from \"authKeys\" or \"authKeysDir\" first\n"), 1)));
    }

    [Test]
    public async Task A_user_can_be_removed()
    {
        await AddJoeAsync();
        Assert.That(await RunAsync("user", "remove", "joe"), Is.EqualTo((0, "Removed joe\n", "")));
        Assert.That(Content.Users, Is.Empty);
    }

    [TestCase("NAME\tROLE\tQUOTA\tTOKENS\njoe\tread\tnone\t0\n")]
    [TestCase("joe\n", "-q")]
    [TestCase("[\n  {\n    \"name\": \"joe\",\n    \"role\": \"read\",\n    \"quota\": null,\n    \"tokens\": 0\n  }\n]\n", "-j")]
    public async Task The_users_are_listed(string output, params string[] options)
    {
        await AddJoeAsync("read");
        Assert.That(await RunAsync(["user", "list", .. options]), Is.EqualTo((0, output, "")));
    }

    [Test]
    public async Task A_broken_file_is_reported_and_stays()
    {
        var file = Write("users.json", "{ \"users\": 1 }");
        Assert.That(await WithInputAsync("x", "user", "add", "joe"), Is.EqualTo((2, "", $"imgapi: cannot use the users file {file}: there is no list \"users\"\n")));
        Assert.That(Text, Is.EqualTo("{ \"users\": 1 }"));
    }

    [Test]
    public async Task A_file_without_a_configuration_can_be_named()
    {
        var file = Write("other.json", "{ \"users\": [] }");
        await Tools.RunAsync("dotnet", [ServerProcess.Program, "user", "add", "ann", "--file", file], input: "a long password\n");
        Assert.That(File.ReadAllText(file), Does.Contain("\"ann\""));
    }

    [Test]
    public async Task A_configuration_without_a_users_file_is_reported()
    {
        var file = Write("plain.json", """{"datadir":"data"}""");
        var (code, _, error) = await Tools.RunAsync("dotnet", [ServerProcess.Program, "user", "list", "-c", file]);
        Assert.That((code, error), Is.EqualTo((2, $"imgapi: the configuration {file} names no users file: add the key \"usersFile\", or give --file\n")));
    }
}
