using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Sentences of the contract that no numbered check is about.</summary>
[TestFixture]
internal sealed class FinePrintChecks() : ContractFixture(ServerMode.Private)
{
    private Task<Answer> UpdateAsync(string uuid, string body) =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(body));

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Only_lists_are_compressed(string encoding)
    {
        var created = await Admin.PostAnswerAsync("/images", Requests.Manifest(), ("Accept-Encoding", encoding));
        Assert.That(created.Header("Content-Encoding"), Is.Null);
        Assert.That(created.Header("Content-Length"), Is.EqualTo($"{created.Bytes.Length}"));
        var refused = await Anonymous.PostAnswerAsync("/images", Requests.Manifest(), ("Accept-Encoding", encoding));
        Assert.That(refused.Header("Content-Encoding"), Is.Null);
        var wrong = await Anonymous.GetAnswerAsync("/images", ("Accept-Encoding", encoding), ("Authorization", "Basic bm86bm8="));
        Assert.That((int)wrong.Status, Is.EqualTo(401));
        Assert.That(wrong.Header("Content-Encoding"), Is.Null);
    }

    [Test]
    public async Task A_parameter_named_as_ours_in_the_code_is_unknown_like_any_other()
    {
        AssertRefused(await Anonymous.GetAnswerAsync("/images?parameters=1&state=bogus"), 422, "InvalidParameter", "state:Invalid");
        var uuid = await Admin.PublishAsync(("name", "by-prefix"));
        Assert.That((await Anonymous.GetAnswerAsync("/images?parameters.name=other")).Text, Does.Contain(uuid));
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{uuid}?parameters=1&action=change-stor&stor=x"), 422, "ValidationFailed", "stor:Invalid");
    }

    [Test]
    public async Task A_form_is_an_object_of_strings()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "a form",
            ["version"] = "1",
            ["type"] = "other",
            ["os"] = "other",
            ["description"] = "a&b=c",
        });
        var created = await Admin.PostAnswerAsync("/images", form);
        AssertImage(created);
        Assert.That(created.Json.GetProperty("description").GetString(), Is.EqualTo("a&b=c"));
    }

    [TestCase("activate")]
    [TestCase("disable")]
    [TestCase("enable")]
    [TestCase("bogus")]
    public async Task Even_a_body_of_no_use_must_arrive_undamaged(string action)
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await Admin.PostAnswerAsync($"/images/{uuid}?action={action}", Requests.Json("{bad")), 400, "InvalidContent");
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{uuid}?action={action}", Requests.Json("{}"), ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")),
            400, "BadDigest");
    }

    [Test]
    public async Task Null_is_no_boolean_and_no_name()
    {
        Task<Answer> Create(string key) =>
            Admin.PostAnswerAsync("/images", Requests.Json($$"""{"name":"a","version":"1","type":"other","os":"other","{{key}}":null}"""));
        foreach (var key in new[] { "public", "name", "version", "type", "os" })
        {
            AssertRefused(await Create(key), 422, "ValidationFailed", $"{key}:Invalid");
        }
    }

    [Test]
    public async Task Null_in_an_update_removes()
    {
        var uuid = await Admin.CreateAsync();
        await UpdateAsync(uuid, """{"state":"failed"}""");
        Assert.That((await UpdateAsync(uuid, """{"state":null,"public":null}""")).Text, Does.Contain("\"unactivated\"").And.Contain("\"public\": false"));
        AssertRefused(await UpdateAsync(uuid, """{"files":null}"""), 422, "ValidationFailed", "files:NotAllowed");
    }

    [Test]
    public async Task An_unknown_acl_action_is_told_before_its_body_is_read()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await Admin.PostAnswerAsync($"/images/{uuid}/acl?action=bogus", Requests.Json("5")), 422, "InvalidParameter", "action:Invalid");
    }

    [Test]
    public async Task An_unknown_origin_is_told_before_a_missing_version()
    {
        var uuid = Uuid.New().ToString();
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Manifest(("uuid", uuid), ("origin", UnknownUuid))),
            422, "OriginDoesNotExist");
    }

    [Test]
    public async Task In_a_datacenter_a_missing_owner_is_told_alone()
    {
        await using var server = await TestServer.StartAsync(ServerMode.Dc);
        var manifest = Requests.Manifest(("extra", 1), ("origin", UnknownUuid), ("name", null));
        AssertRefused(await server.Admin.PostAnswerAsync("/images", manifest), 422, "ValidationFailed", "owner:MissingParameter");
        var uuid = Uuid.New().ToString();
        var import = Requests.Manifest(("v", 2), ("uuid", uuid), ("extra", 1), ("name", null));
        AssertRefused(
            await server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", import), 422, "ValidationFailed", "owner:MissingParameter");
    }

    [TestCase("20120101T000000Z", true)]
    [TestCase("20130231T235959Z", true)]
    [TestCase("20111231T000000Z", false)]
    [TestCase("20131301T000000Z", false)]
    [TestCase("20130132T000000Z", false)]
    [TestCase("20130101T240000Z", false)]
    [TestCase("20130101T006000Z", false)]
    public async Task A_platform_stamp_knows_no_calendar(string stamp, bool good)
    {
        var answer = await Admin.PostAnswerAsync(
            "/images", Requests.Manifest(("requirements", new { min_platform = new Dictionary<string, string> { ["7.0"] = stamp } })));
        Assert.That((int)answer.Status, Is.EqualTo(good ? 200 : 422), answer.Text);
    }

    [Test]
    public async Task Tags_are_found_by_the_value_of_a_number()
    {
        var uuid = Uuid.New().ToString();
        await Admin.PostAnswerAsync(
            $"/images/{uuid}?action=import",
            Requests.Json($$"""{"v":2,"uuid":"{{uuid}}","tags":{"f":5.0,"e":1e3,"x":0.25},"name":"a","version":"1","type":"other","os":"other"}"""));
        foreach (var tag in new[] { "f=5", "e=1000", "x=0.25" })
        {
            Assert.That((await Admin.GetAnswerAsync($"/images?state=all&tag.{tag}")).Text, Does.Contain(uuid), tag);
        }
    }

    [Test]
    public async Task A_slash_in_the_name_of_a_dataset_is_escaped_once()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Server.Address };
        Assert.That((await client.GetAnswerAsync("/datasets/a%2fb")).Header("Location"), Is.EqualTo("/images?name=a%2Fb"));
    }

    [TestCase("1abc", "1")]
    [TestCase(" 1.7", "1")]
    [TestCase("99999999999999999999", "1000000000000000000")]
    [TestCase("abc", null)]
    [TestCase("-0", null)]
    public async Task The_index_of_a_file_is_the_number_that_it_begins_with(string index, string? read)
    {
        var uuid = await Admin.PublishAsync();
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}/file?index={index}");
        if (read is null)
        {
            AssertImage(answer);
        }
        else
        {
            AssertNotFound(answer, $"image \"{uuid}\" has no file at index {read}");
        }
    }

    [Test]
    public async Task What_is_wrong_with_a_body_is_told_before_what_is_wrong_with_the_image()
    {
        var nobody = Uuid.New();
        AssertRefused(await Admin.PostAnswerAsync($"/images/{nobody}?action=activate", Requests.Json("{bad")), 400, "InvalidContent");
        AssertRefused(await Admin.PostAnswerAsync($"/images/{nobody}?action=update", Requests.Json("{bad")), 400, "InvalidContent");
        AssertRefused(await Admin.PostAnswerAsync($"/images/{nobody}/acl", Requests.Json("5")), 422, "InvalidParameter", "acl:Invalid");
        AssertNotFound(await Admin.PostAnswerAsync($"/images/{nobody}?action=update", Requests.Json("5")));
    }

    [Test]
    public async Task An_empty_request_id_does_not_hide_the_other_one()
    {
        var answer = await Anonymous.GetAnswerAsync("/ping", ("request-id", ""), ("x-request-id", "mine"));
        Assert.That(answer.Header("x-request-id"), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Long_queries_are_answered()
    {
        var answer = await Anonymous.GetAnswerAsync($"/images?name={new string('a', 20_000)}");
        Assert.That(answer.Text, Is.EqualTo("[]"));
    }

    [Test]
    public async Task An_icon_that_the_seed_stored_has_a_sha1_for_its_etag()
    {
        using var folder = new TemporaryFolder();
        var uuid = Uuid.New().ToString();
        folder.Write($"{uuid}/manifest.json", $$"""{"uuid":"{{uuid}}","name":"a","version":"1","type":"zone-dataset","os":"smartos","state":"active","icon":true}""");
        folder.Write($"{uuid}/icon.png", "icon");
        await using var server = await TestServer.StartAsync(dataFolder: folder.Path);
        var answer = await server.Anonymous.GetAnswerAsync($"/images/{uuid}/icon");
#pragma warning disable CA5350
        var sha1 = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes("icon")));
#pragma warning restore CA5350
        Assert.That(answer.Header("ETag"), Is.EqualTo(sha1));
        Assert.That(answer.Text, Is.EqualTo("icon"));
    }
}
