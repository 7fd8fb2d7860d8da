using System.Text.Json;
using ImgApi.Domain.Access;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The events of users and tokens that change while the server runs.</summary>
[TestFixture]
internal sealed class UserEventTests
{
    private UsersFileServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await UsersFileServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<JsonElement[]> EventsAsync(string action) =>
        [.. (await _server.Server.Admin.GetAnswerAsync($"/audit?action={action}")).Json.EnumerateArray()];

    /// <summary>The only event of an action, which follows the request that notices the change.</summary>
    private async Task<JsonElement> EventAsync(string action)
    {
        await Eventually.TrueAsync(async () => (await EventsAsync(action)).Length > 0);
        return (await EventsAsync(action)).Single();
    }

    private static string? Subject(JsonElement one) => one.GetProperty("subject").GetString();

    private static string Changes(JsonElement one) => string.Join(", ", one.GetProperty("changed").EnumerateObject().Select(field =>
        $"{field.Name}: {Value(field.Value, "from")} -> {Value(field.Value, "to")}"));

    private static string? Value(JsonElement change, string name) => change.TryGetProperty(name, out var value) ? value.GetString() : "none";

    /// <summary>Adds a user of whom the server has taken notice.</summary>
    private async Task AddKnownAsync(string user, Role role)
    {
        _server.AddUser(user, role);
        await EventAsync("AddUser");
    }

    [Test]
    public async Task A_user_who_is_added_to_the_users_file_has_an_event_with_the_role()
    {
        _server.AddUser("joe", Role.Publish);
        var one = await EventAsync("AddUser");
        Assert.That((Subject(one), Changes(one)), Is.EqualTo(("joe", "role: none -> publish, password: none -> (hidden)")));
    }

    [Test]
    public async Task A_changed_role_has_an_event_with_both_roles()
    {
        await AddKnownAsync("joe", Role.Publish);
        _server.File.SetRole("joe", Role.Admin);
        var one = await EventAsync("ChangeUser");
        Assert.That((Subject(one), Changes(one)), Is.EqualTo(("joe", "role: publish -> admin")));
    }

    [Test]
    public async Task A_change_of_one_user_has_no_events_of_other_users()
    {
        await AddKnownAsync("ann", Role.Publish);
        _server.AddUser("joe", Role.Publish);
        await Eventually.TrueAsync(async () => (await EventsAsync("AddUser")).Length == 2);
        _server.File.SetRole("joe", Role.Read);
        await Eventually.TrueAsync(async () => (await EventsAsync("ChangeUser")).Length > 0);
        Assert.That((await EventsAsync("ChangeUser")).Select(Subject), Is.EqualTo((string[])["joe"]));
    }

    [Test]
    public async Task A_changed_password_has_an_event_without_the_hash()
    {
        await AddKnownAsync("joe", Role.Publish);
        _server.File.SetPassword("joe", UsersFileServer.HashOf("other"));
        Assert.That(Changes(await EventAsync("ChangeUser")), Is.EqualTo("password: (hidden) -> (changed)"));
        var texts = Directory.GetFiles(Path.Combine(_server.Server.DataFolder, ".imgapi-audit")).Select(File.ReadAllText);
        Assert.That(texts, Has.None.Contains("pbkdf2"));
    }

    [Test]
    public async Task A_user_who_is_removed_from_the_users_file_has_an_event()
    {
        await AddKnownAsync("joe", Role.Publish);
        _server.File.RemoveUser("joe");
        Assert.That(Subject(await EventAsync("RemoveUser")), Is.EqualTo("joe"));
    }

    [Test]
    public async Task A_new_token_has_an_event_without_the_secret()
    {
        var (token, secret) = _server.AddToken(user: null, Role.Publish, DateTimeOffset.UnixEpoch.AddYears(100));
        var one = await EventAsync("CreateToken");
        Assert.That((Subject(one), Changes(one)), Is.EqualTo((token.Id, "role: none -> publish, expires: none -> 2070-01-01T00:00:00.000Z, secret: none -> (hidden)")));
        Assert.That(one.GetRawText(), Does.Not.Contain(token.Hash).And.Not.Contain(secret));
    }

    [Test]
    public async Task A_change_by_a_token_without_a_user_has_an_event_under_the_id_of_the_token()
    {
        var (token, secret) = _server.AddToken(user: null, Role.Publish);
        using var client = new HttpClient { BaseAddress = _server.Server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };
        await client.CreateAsync();
        var one = await EventAsync("CreateImage");
        Assert.That((one.GetProperty("user").GetString(), one.GetProperty("token").GetString()), Is.EqualTo((token.Id, token.Id)));
    }

    [Test]
    public async Task A_revoked_token_has_an_event()
    {
        var (token, _) = _server.AddToken(user: null, Role.Publish);
        await EventAsync("CreateToken");
        _server.File.RevokeToken(token.Id, DateTimeOffset.UnixEpoch);
        Assert.That(Subject(await EventAsync("RevokeToken")), Is.EqualTo(token.Id));
    }

    [Test]
    public async Task A_users_file_that_cannot_be_used_has_one_event_with_the_reason()
    {
        await AddKnownAsync("joe", Role.Publish);
        await File.WriteAllTextAsync(_server.Path, "{ \"users\": [ }");
        var one = await EventAsync("RefuseUsersFile");
        Assert.That(one.GetProperty("reason").GetString(), Does.StartWith("line 1, column "));
        Assert.That(await EventsAsync("RefuseUsersFile"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Users_who_were_in_the_file_at_the_start_have_no_event()
    {
        _server.AddUser("joe", Role.Publish);
        await _server.Server.DisposeAsync();
        await _server.RestartAsync();
        _server.AddUser("ann", Role.Publish);
        Assert.That(Subject(await EventAsync("AddUser")), Is.EqualTo("ann"));
    }

    [Test]
    public async Task A_changed_user_of_the_configuration_has_an_event()
    {
        _server.Reload(configuration => configuration with { Users = [configuration.Users[0], new("ann", "ann") { Role = Role.Read }] });
        Assert.That(Subject(await EventAsync("AddUser")), Is.EqualTo("ann"));
    }
}
