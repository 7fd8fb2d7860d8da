using System.Runtime.Versioning;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Infrastructure.Users;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Users;

/// <summary>The users file on the disk: changed as a whole, by one writer at a time.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "permissions and owners")]
internal sealed class UsersFileTests
{
    private static readonly string Hash = PasswordHash.Create("x", iterations: 10_000).ToString();

    private TemporaryFolder _folder = null!;

    private string Path => _folder.Combine("users.json");

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Other_users_of_the_machine_cannot_read_the_file()
    {
        new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read));
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Edits_at_the_same_time_lose_nothing()
    {
        var names = Enumerable.Range(0, 40).Select(number => $"user{number}").ToArray();
        await Task.WhenAll(names.Select(name => Task.Run(() => new UsersFile(Path).AddUser(new UserAccount(name, Hash, Role.Read)))));
        Assert.That(new UsersFile(Path).Read().Users.Select(user => user.Name), Is.EquivalentTo(names));
    }

    [Test]
    public void A_file_that_a_killed_edit_left_behind_is_no_obstacle()
    {
        File.WriteAllText(Path + ".new", "{ half of");
        new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void A_refused_edit_changes_nothing()
    {
        var file = new UsersFile(Path);
        file.AddUser(new UserAccount("joe", Hash, Role.Read));
        var before = File.ReadAllText(Path);
        Assert.That(() => file.AddUser(new UserAccount("joe", Hash, Role.Admin)), Throws.TypeOf<UsersEditException>());
        Assert.That(File.ReadAllText(Path), Is.EqualTo(before));
    }

    [Test]
    public void A_broken_file_is_not_edited()
    {
        File.WriteAllText(Path, "{ \"users\": [ }");
        Assert.That(() => new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read)), Throws.TypeOf<FormatException>());
        Assert.That(File.ReadAllText(Path), Is.EqualTo("{ \"users\": [ }"));
    }

    [Test]
    public void A_removed_user_takes_the_tokens_along_and_no_others()
    {
        var file = new UsersFile(Path);
        file.AddUser(new UserAccount("joe", Hash, Role.Read));
        file.AddUser(new UserAccount("ann", Hash, Role.Read));
        foreach (var user in new[] { "joe", "ann", "joe", null })
        {
            file.AddToken(TokenOf(user));
        }

        file.RemoveUser("joe");
        Assert.That(file.Read().Tokens.Select(token => token.User), Is.EqualTo(new[] { "ann", null }));
    }

    [Test]
    public void A_token_that_is_revoked_twice_keeps_the_first_time()
    {
        var (file, token, first) = (new UsersFile(Path), TokenOf(null), new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero));
        file.AddToken(token);
        file.RevokeToken(token.Id, first);
        file.RevokeToken(token.Id, first.AddDays(1));
        Assert.That(file.Read().Tokens.Single().RevokedAt, Is.EqualTo(first));
    }

    [Test]
    public void The_target_of_a_link_is_edited()
    {
        Directory.CreateDirectory(_folder.Combine("real"));
        File.CreateSymbolicLink(Path, "real/users.json");
        new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read));
        Assert.That((File.Exists(_folder.Combine("real", "users.json")), new FileInfo(Path).LinkTarget), Is.EqualTo((true, "real/users.json")));
    }

    [TestCase(true)]
    [TestCase(false)]
    [Platform("Linux", Reason = "owners")]
    public async Task A_file_that_root_edits_keeps_its_owner_and_a_new_one_gets_that_of_the_folder(bool exists)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Tools.Missing("to change owners needs root");
        }

        File.WriteAllText(Path, "{ \"users\": [] }");
        await Tools.RunAsync("chown", ["4242:4343", exists ? Path : _folder.Path]);
        if (!exists)
        {
            File.Delete(Path);
        }

        new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read));
        Assert.That((await Tools.RunAsync("stat", ["-c", "%u:%g %a", Path])).Output.Trim(), Is.EqualTo("4242:4343 600"));
    }

    [TestCase("640", "640")]
    [TestCase("600", "600")]
    [TestCase("644", "600")]
    [TestCase("660", "600")]
    public async Task A_group_that_may_read_the_file_still_may_after_an_edit_unless_others_may_too(string before, string after)
    {
        File.WriteAllText(Path, "{ \"users\": [] }");
        await Tools.RunAsync("chmod", [before, Path]);
        new UsersFile(Path).AddUser(new UserAccount("joe", Hash, Role.Read));
        Assert.That((await Tools.RunAsync("stat", ["-c", "%a", Path])).Output.Trim(), Is.EqualTo(after));
    }

    [Test]
    public void Ten_thousand_tokens_are_found_by_their_secrets()
    {
        var secrets = Enumerable.Range(0, 10_000).Select(_ => TokenSecret.Create()).ToArray();
        var tokens = new AccessTokens();
        tokens.Replace(secrets.Select(secret => TokenOf(null) with { Hash = TokenSecret.HashOf(secret) }));
        Assert.That(secrets.All(secret => tokens.Find(secret) is not null) && tokens.Find(TokenSecret.Create()) is null, Is.True);
    }

    private static AccessToken TokenOf(string? user) => new(
        AccessToken.NewId(), TokenSecret.HashOf(TokenSecret.Create()), user, Role.Read, "", DateTimeOffset.UnixEpoch, ExpiresAt: null, RevokedAt: null);
}
