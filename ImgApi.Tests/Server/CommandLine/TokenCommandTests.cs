using System.Text.Json;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.FileSystem.Stores;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary><c>imgapi token</c>.</summary>
[TestFixture]
internal sealed class TokenCommandTests : UsersCommandFixture
{
    private async Task<string> CreateTokenAsync(params string[] options)
    {
        var (code, output, error) = await RunAsync(["token", "create", .. options]);
        Assert.That(code, Is.Zero, error);
        return output.Trim();
    }

    [Test]
    public async Task A_token_is_printed_and_only_its_hash_is_stored()
    {
        await AddJoeAsync();
        var secret = await CreateTokenAsync("--user", "joe", "--role", "read", "--note", "the ci job");
        var token = Content.Tokens.Single();
        Assert.That(secret, Does.Match(@"\Aimgapi_[0-9a-f]{64}\z"));
        Assert.That((token.Hash, token.User, token.Role, token.Note), Is.EqualTo((TokenSecret.HashOf(secret), "joe", Role.Read, "the ci job")));
        Assert.That(Text, Does.Not.Contain(secret[7..]));
    }

    [Test]
    public async Task A_token_expires_after_90_days_by_default()
    {
        await CreateTokenAsync("--role", "read");
        var token = Content.Tokens.Single();
        Assert.That(token.ExpiresAt - token.CreatedAt, Is.EqualTo(TimeSpan.FromDays(90)).Within(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_token_of_a_user_has_the_role_of_the_user_by_default()
    {
        await AddJoeAsync("manage");
        await CreateTokenAsync("--user", "joe");
        Assert.That(Content.Tokens.Single().Role, Is.EqualTo(Role.Manage));
    }

    [Test]
    public async Task A_token_of_a_user_of_the_configuration_can_be_created()
    {
        await CreateTokenAsync("--user", "admin", "--role", "publish");
        Assert.That(Content.Tokens.Single().User, Is.EqualTo("admin"));
    }

    [Test]
    public async Task A_token_with_more_rights_than_its_user_is_refused()
    {
        await AddJoeAsync();
        Assert.That(
            await RunAsync("token", "create", "--user", "joe", "--role", "admin"),
            Is.EqualTo((1, "", "imgapi: joe has the role publish, and a token cannot have more\n")));
    }

    [TestCase("imgapi: a token without --user needs --role\n", 2)]
    [TestCase("imgapi: there is no user \"ann\"\n", 1, "--user", "ann")]
    [TestCase("imgapi: --role must be read, publish, manage or admin; see imgapi help\n", 2, "--role", "root")]
    [TestCase("imgapi: --expires must be in the future: 90d, 12h, a date such as 2027-01-31, or never; see imgapi help\n", 2, "--role", "read", "--expires", "2020-01-31")]
    [TestCase("imgapi: --note must have at most 200 characters, all of them visible\n", 2, "--role", "read", "--note", "a\nb")]
    public async Task A_token_that_makes_no_sense_is_refused(string error, int code, params string[] options) =>
        Assert.That(await RunAsync(["token", "create", .. options]), Is.EqualTo((code, "", error)));

    [Test]
    public async Task The_secret_is_in_the_json_of_a_new_token_only()
    {
        var created = JsonElement.Parse(await CreateTokenAsync("--role", "read", "--json"));
        var listed = (await RunAsync("token", "list", "--json")).Output;
        Assert.That(TokenSecret.IsSecret(created.GetProperty("token").GetString()!), Is.True);
        Assert.That(JsonElement.Parse(listed)[0].TryGetProperty("token", out _), Is.False);
    }

    [Test]
    public async Task The_list_shows_the_last_use_that_the_server_wrote_down()
    {
        await CreateTokenAsync("--role", "read");
        Directory.CreateDirectory(DataFolder);
        var at = new DateTimeOffset(2027, 1, 31, 3, 9, 51, TimeSpan.Zero);
        new TokenUseFile(DataFolder).TryWrite(new Dictionary<string, DateTimeOffset> { [Content.Tokens.Single().Id] = at });
        Assert.That((await RunAsync("token", "list")).Output, Does.Contain("\t2027-01-31T03:09:51.000Z\t"));
    }

    [Test]
    public async Task A_revoked_token_stays_in_the_list()
    {
        await CreateTokenAsync("--role", "read");
        var id = Content.Tokens.Single().Id;
        Assert.That(await RunAsync("token", "revoke", id), Is.EqualTo((0, $"Revoked {id}\n", "")));
        Assert.That((await RunAsync("token", "list")).Output, Does.Contain($"{id}\t-\tread\trevoked\t"));
    }

    [Test]
    public async Task An_unknown_token_cannot_be_revoked() =>
        Assert.That(await RunAsync("token", "revoke", "token-00000000"), Is.EqualTo((1, "", "imgapi: there is no token \"token-00000000\"\n")));
}
