using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>UUIDs in upper case, which are the same as in lower case.</summary>
[TestFixture]
internal sealed class UpperCaseUuidTests
{
    private const string Owner = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("/images/{0}")]
    [TestCase("/images/{0}?a=b")]
    [TestCase("/images/{0}/file")]
    [TestCase("/images/{0}/jobs")]
    [TestCase("/images?marker={0}")]
    public async Task A_read_finds_an_image_by_its_uuid_in_upper_case(string url)
    {
        var uuid = await _server.Admin.PublishAsync();
        var lower = await _server.Anonymous.GetAnswerAsync(Format(url, uuid));
        var upper = await _server.Anonymous.GetAnswerAsync(Format(url, uuid.ToUpperInvariant()));
        Assert.That(((int)upper.Status, upper.Text), Is.EqualTo((200, lower.Text)));
    }

    [TestCase("/images?owner={0}")]
    [TestCase("/images?account={0}&state=all")]
    public async Task A_list_is_filtered_by_an_owner_in_upper_case(string url)
    {
        await _server.Admin.CreateAsync(("owner", Owner));
        await _server.Admin.PublishAsync(("owner", Owner));
        var lower = await _server.Admin.GetAnswerAsync(Format(url, Owner));
        var upper = await _server.Admin.GetAnswerAsync(Format(url, Owner.ToUpperInvariant()));
        Assert.That(upper.Text, Is.EqualTo(lower.Text).And.Contains(Owner));
    }

    [Test]
    public async Task An_upload_finds_an_image_by_its_uuid_in_upper_case()
    {
        var uuid = await _server.Admin.CreateAsync();
        Assert.That((await _server.Admin.UploadAsync(uuid.ToUpperInvariant())).Uuid, Is.EqualTo(uuid));
    }

    [Test]
    public async Task An_action_finds_an_image_and_its_owner_by_uuids_in_upper_case()
    {
        var uuid = await _server.Admin.CreateAsync(("owner", Owner));
        await _server.Admin.UploadAsync(uuid);
        var activated = await _server.Admin.ActAsync(uuid.ToUpperInvariant(), $"activate&account={Owner.ToUpperInvariant()}");
        Assert.That(activated.Uuid, Is.EqualTo(uuid));
    }

    [Test]
    public async Task A_deletion_finds_an_image_by_its_uuid_in_upper_case()
    {
        var uuid = await _server.Admin.CreateAsync();
        Assert.That((int)(await _server.Admin.DeleteAnswerAsync($"/images/{uuid.ToUpperInvariant()}")).Status, Is.EqualTo(204));
        Assert.That(Directory.Exists(Path.Combine(_server.DataFolder, uuid)), Is.False);
    }

    [Test]
    public async Task An_import_stores_uuids_in_lower_case()
    {
        var origin = await _server.Admin.PublishAsync();
        var uuid = Uuid.New().ToString();
        var answer = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(
            ("v", 2), ("uuid", uuid.ToUpperInvariant()), ("origin", origin.ToUpperInvariant()), ("acl", new[] { Owner.ToUpperInvariant() })));
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Uuid, Is.EqualTo(uuid));
        Assert.That(answer.Json.GetProperty("origin").GetString(), Is.EqualTo(origin));
        Assert.That(answer.Json.GetProperty("acl")[0].GetString(), Is.EqualTo(Owner));
    }

    [Test]
    public async Task An_owner_in_upper_case_may_be_the_account_of_the_request()
    {
        var answer = await _server.Admin.PostAnswerAsync($"/images?account={Owner}", Requests.Manifest(("owner", Owner.ToUpperInvariant())));
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(Owner));
    }

    [Test]
    public async Task An_update_stores_a_uuid_in_lower_case()
    {
        var answer = await _server.Admin.ActAsync(await _server.Admin.CreateAsync(), "update", Requests.Json(new { owner = Owner.ToUpperInvariant() }));
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(Owner));
    }

    [Test]
    public async Task An_account_in_both_cases_is_added_to_an_access_list_once()
    {
        var uuid = await _server.Admin.CreateAsync();
        var answer = await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(new[] { Owner, Owner.ToUpperInvariant() }));
        Assert.That(answer.Json.GetProperty("acl").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_manifest_from_another_server_may_have_its_uuid_in_upper_case()
    {
        var uuid = Uuid.New().ToString();
        await using var other = ScriptedServer.Saying(
            "200 OK", $$"""{"v":2,"uuid":"{{uuid.ToUpperInvariant()}}","name":"a","version":"1","type":"other","os":"other"}""");
        var answer = await _server.Admin.ImportFromAsync(uuid, other.Address);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Uuid, Is.EqualTo(uuid));
    }

    [Test]
    public async Task A_folder_with_its_name_in_upper_case_is_not_an_image()
    {
        var uuid = await _server.Admin.CreateAsync();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("data"));
        Directory.Move(Path.Combine(_server.DataFolder, uuid), folder.Combine("data", uuid.ToUpperInvariant()));
        await using var other = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        Assert.That((int)(await other.Anonymous.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
        Assert.That(Directory.Exists(folder.Combine("data", uuid.ToUpperInvariant())));
    }

    private static string Format(string url, string uuid) => url.Replace("{0}", uuid, StringComparison.Ordinal);
}
