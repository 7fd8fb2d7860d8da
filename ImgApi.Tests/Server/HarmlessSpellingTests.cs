using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>Other spellings of the same thing are the same thing.</summary>
[TestFixture]
internal sealed class HarmlessSpellingTests
{
    private const string Owner = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("GET", "")]
    [TestCase("HEAD", "")]
    [TestCase("GET", "?name=base")]
    [TestCase("GET", "?name=none")]
    [Check(11)]
    public async Task The_list_with_a_slash_at_its_end_is_the_list(string method, string query)
    {
        await _server.Admin.PublishAsync();
        var plain = await _server.Anonymous.AnswerAsync(new HttpMethod(method), "/images" + query, null);
        var slash = await _server.Anonymous.AnswerAsync(new HttpMethod(method), "/images/" + query, null);
        Assert.That((slash.Status, slash.Text), Is.EqualTo((plain.Status, plain.Text)));
        Assert.That(slash.Header("ETag"), Is.EqualTo(plain.Header("ETag")).And.Not.Null);
    }

    [Test]
    public async Task So_it_is_below_a_prefix()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { PathBase = "/prefix/" });
        Assert.That((await server.Anonymous.GetAnswerAsync("/prefix/images/")).Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task The_list_with_a_slash_at_its_end_is_compressed_too()
    {
        var answer = await _server.Anonymous.GetAnswerAsync("/images/", ("Accept-Encoding", "gzip"));
        Assert.That(answer.Header("Content-Encoding"), Is.EqualTo("gzip"));
    }

    [TestCase("/images/{0}")]
    [TestCase("/images/{0}?a=b")]
    [TestCase("/images/{0}/file")]
    [TestCase("/images/{0}/jobs")]
    [TestCase("/images?marker={0}")]
    public async Task A_uuid_in_upper_case_finds_the_image(string url)
    {
        var uuid = await _server.Admin.PublishAsync();
        var lower = await _server.Anonymous.GetAnswerAsync(Format(url, uuid));
        var upper = await _server.Anonymous.GetAnswerAsync(Format(url, uuid.ToUpperInvariant()));
        Assert.That(((int)upper.Status, upper.Text), Is.EqualTo((200, lower.Text)));
    }

    [TestCase("/images?owner={0}")]
    [TestCase("/images?account={0}&state=all")]
    public async Task A_uuid_in_upper_case_is_the_same_owner(string url)
    {
        await _server.Admin.CreateAsync(("owner", Owner));
        await _server.Admin.PublishAsync(("owner", Owner));
        var lower = await _server.Admin.GetAnswerAsync(Format(url, Owner));
        var upper = await _server.Admin.GetAnswerAsync(Format(url, Owner.ToUpperInvariant()));
        Assert.That(upper.Text, Is.EqualTo(lower.Text).And.Contains(Owner));
    }

    [Test]
    public async Task Changes_find_an_image_by_its_uuid_in_upper_case()
    {
        var uuid = await _server.Admin.CreateAsync(("owner", Owner));
        var upper = uuid.ToUpperInvariant();
        await _server.Admin.UploadAsync(upper);
        Assert.That((await _server.Admin.ActAsync(upper, $"activate&account={Owner.ToUpperInvariant()}")).Uuid, Is.EqualTo(uuid));
        Assert.That((int)(await _server.Admin.DeleteAnswerAsync($"/images/{upper}")).Status, Is.EqualTo(204));
        Assert.That(Directory.Exists(Path.Combine(_server.DataFolder, uuid)), Is.False);
    }

    [Test]
    public async Task Uuids_in_a_manifest_are_kept_in_lower_case()
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
    public async Task An_account_in_another_case_is_the_owner()
    {
        var answer = await _server.Admin.PostAnswerAsync($"/images?account={Owner}", Requests.Manifest(("owner", Owner.ToUpperInvariant())));
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(Owner));
    }

    [Test]
    public async Task An_update_takes_uuids_in_upper_case()
    {
        var uuid = await _server.Admin.CreateAsync();
        var answer = await _server.Admin.ActAsync(uuid, "update", Requests.Json(new { owner = Owner.ToUpperInvariant() }));
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(Owner));
        answer = await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(new[] { Owner, Owner.ToUpperInvariant() }));
        Assert.That(answer.Json.GetProperty("acl").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_server_may_write_uuids_in_upper_case()
    {
        var uuid = Uuid.New().ToString();
        await using var other = ScriptedServer.Saying(
            "200 OK", $$"""{"v":2,"uuid":"{{uuid.ToUpperInvariant()}}","name":"a","version":"1","type":"other","os":"other"}""");
        var answer = await _server.Admin.ImportFromAsync(uuid, other.Address);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Uuid, Is.EqualTo(uuid));
    }

    [Test]
    public async Task A_folder_in_upper_case_is_not_an_image()
    {
        var uuid = await _server.Admin.CreateAsync();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("data"));
        Directory.Move(Path.Combine(_server.DataFolder, uuid), folder.Combine("data", uuid.ToUpperInvariant()));
        await using var other = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        Assert.That((int)(await other.Anonymous.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
        Assert.That(Directory.Exists(folder.Combine("data", uuid.ToUpperInvariant())));
    }

    [TestCase("version", "1", "1")]
    [TestCase("version", "1.0", "1.0")]
    [TestCase("version", "20261124", "20261124")]
    [TestCase("name", "7", "7")]
    [TestCase("description", "1.50", "1.50")]
    public async Task A_number_is_taken_as_its_text(string key, string number, string text)
    {
        var uuid = Uuid.New().ToString();
        var value = System.Text.Json.Nodes.JsonNode.Parse(number);
        var created = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((key, value)));
        var imported = await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(("v", 2), ("uuid", uuid), (key, value)));
        var updated = await _server.Admin.ActAsync(await _server.Admin.CreateAsync(), "update", Requests.Json($$"""{"{{key}}":{{number}}}"""));
        foreach (var answer in new[] { created, imported, updated })
        {
            Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
            Assert.That(answer.Json.GetProperty(key).GetString(), Is.EqualTo(text));
        }
    }

    [Test]
    public async Task An_interrupted_import_of_an_image_with_a_number_as_version_goes_on()
    {
        var uuid = Uuid.New().ToString();
        await using var other = new ScriptedServer(exchange => exchange.IsForFile
            ? exchange.SendAsync("200 OK", [1, 2, 3])
            : exchange.SendJsonAsync($$"""
                {"v":2,"uuid":"{{uuid}}","name":"a","version":1.0,"type":"other","os":"other","state":"active",
                "files":[{"sha1":"{{ImageChain.Sha1([1, 2, 3])}}","size":3,"compression":"none"}]}
                """));
        await _server.Admin.ImportFromAsync(uuid, other.Address);
        Assert.That((await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, other.Address))).ErrorOf(), Is.Empty);
    }

    [TestCase("version", "true")]
    [TestCase("name", "[]")]
    public async Task What_is_not_a_good_text_stays_refused(string key, string value)
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Json(
            $$"""{"name":"a","version":"1","type":"other","os":"other","{{key}}":{{value}}}"""));
        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
    }

    private static string Format(string url, string uuid) => url.Replace("{0}", uuid, StringComparison.Ordinal);
}
