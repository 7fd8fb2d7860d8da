using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Imports of a manifest that the request carries (contract 5.18, form A).</summary>
[TestFixture]
internal sealed class ImportChecks() : ContractFixture(ServerMode.Public)
{
    private async Task<Answer> ImportAsync(string uuid, string query = "", params (string Key, object? Value)[] changes) =>
        await Admin.PostAnswerAsync($"/images/{uuid}?action=import{query}", Requests.Manifest([("v", 2), ("uuid", uuid), .. changes]));

    private static string NewUuid() => Uuid.New().ToString();

    [Test]
    [Check(154)]
    public async Task A_body_with_another_uuid_than_the_url_is_refused()
    {
        var uuid = NewUuid();
        var answer = await ImportAsync(uuid, "", ("uuid", UnknownUuid));
        AssertRefused(answer, 422, "InvalidParameter", "uuid:Invalid");
        Assert.That(answer.Message, Is.EqualTo($"URL UUID, \"{uuid}\" and body UUID, \"{UnknownUuid}\" do not match"));
    }

    [TestCase("uuid", null, "InvalidParameter", "uuid:Invalid")]
    [TestCase("published_at", "2013-01-01", "ValidationFailed", "published_at:Invalid")]
    [TestCase("published_at", "2013-13-45T99:00:00Z", "ValidationFailed", "published_at:Invalid")]
    [TestCase("published_at", 5, "InvalidParameter", "published_at:Invalid")]
    [TestCase("v", null, "ValidationFailed", "v:MissingParameter")]
    [Check(154, 156)]
    public async Task A_missing_or_invalid_field_is_refused(string key, object? value, string code, string error) =>
        AssertRefused(await ImportAsync(NewUuid(), "", (key, value)), 422, code, error);

    [Test]
    public async Task A_skip_owner_check_that_is_not_a_boolean_is_refused() =>
        AssertRefused(await ImportAsync(NewUuid(), "&skip_owner_check=foo"), 422, "InvalidParameter", "skip_owner_check:Invalid");

    [Test]
    [Check(154)]
    public async Task Only_operators_import() => AssertRefused(await ImportAsync(NewUuid(), $"&account={AccountA}"), 403, "OperatorOnly");

    [Test]
    [Check(154)]
    public async Task A_uuid_that_exists_is_refused() =>
        AssertRefused(await ImportAsync(await Admin.CreateAsync()), 409, "ImageUuidAlreadyExists");

    [Test]
    public async Task Of_many_simultaneous_imports_of_one_uuid_one_succeeds()
    {
        var uuid = NewUuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ImportAsync(uuid)));
        Assert.That(answers.Select(answer => (int)answer.Status).Order(), Is.EqualTo(new[] { 200 }.Concat(Enumerable.Repeat(409, 15))));
    }

    [Test]
    public async Task An_unknown_origin_is_reported_before_a_missing_v() =>
        AssertRefused(await ImportAsync(NewUuid(), "", ("v", null), ("origin", UnknownUuid)), 422, "OriginDoesNotExist");

    [Test]
    [Check(155, 158)]
    public async Task An_import_keeps_date_and_urn_and_begins_without_file_and_icon()
    {
        var answer = await ImportAsync(
            NewUuid(), "", ("published_at", "2013-01-02T03:04:05Z"), ("urn", "a:b:c:1"), ("state", "active"), ("owner", AccountA),
            ("files", JsonNode.Parse("""[{"sha1":"x"}]""")), ("icon", true));
        AssertImage(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
            Assert.That(answer.Json.GetProperty("published_at").GetString(), Is.EqualTo("2013-01-02T03:04:05Z"));
            Assert.That(answer.Json.GetProperty("urn").GetString(), Is.EqualTo("a:b:c:1"));
            Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(Uuid.Zero.ToString()));
            Assert.That(answer.Json.GetProperty("files").GetArrayLength(), Is.Zero);
            Assert.That(answer.Keys, Does.Not.Contain("icon"));
        });
    }

    [Test]
    [Check(157)]
    public async Task A_manifest_of_the_old_format_is_converted()
    {
        var answer = await ImportAsync(
            NewUuid(), "", ("v", null), ("creator_uuid", AccountA), ("creator_name", "sdc"), ("platform_type", "smartos"),
            ("created_at", "2012-05-02T15:15Z"), ("vendor_uuid", AccountB), ("cloud_name", "sdc"), ("urn", "sdc:sdc:base:1"));
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("v").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.Json.GetProperty("published_at").GetString(), Is.EqualTo("2012-05-02T15:15:00Z"));
        Assert.That(answer.Json.GetProperty("public").GetBoolean(), Is.True);
    }

    // These are the requests of "imgadm publish".
    [Test]
    [Check(159)]
    public async Task An_activation_keeps_the_imported_date()
    {
        var uuid = NewUuid();
        (string, string)[] headers = [("accept-version", "*"), ("user-agent", "imgadm/3.9.5 (node/0.10.48; OpenSSL/1.0.1u)")];
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("published_at", "2013-01-02T03:04:05Z"));
        AssertImage(await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest, headers));
#pragma warning disable CA5350 // the protocol is defined with SHA-1
        var sha1 = Convert.ToHexStringLower(SHA1.HashData([1, 2, 3]));
#pragma warning restore CA5350
        var file = await Admin.PutAnswerAsync(
            $"/images/{uuid}/file?compression=none&sha1={sha1}", Requests.Bytes([1, 2, 3], "application/json"), headers);
        Assert.That(file.Json.GetProperty("files")[0].GetProperty("size").GetInt64(), Is.EqualTo(3));
        Assert.That(file.Json.GetProperty("files")[0].GetProperty("sha1").GetString(), Is.EqualTo(sha1));
        var active = await Admin.PostAnswerAsync($"/images/{uuid}?action=activate", Requests.Json("{}"), headers);
        Assert.That(active.Json.GetProperty("published_at").GetString(), Is.EqualTo("2013-01-02T03:04:05Z"));
        Assert.That(active.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [TestCase("imgadm/3.7.3 (node)", "20141030T081701Z")]
    [TestCase("imgadm/3.7.4 (node)", "20200101T000000Z")]
    public async Task An_imgadm_before_3_7_4_gets_the_minimum_platform_of_the_origin(string agent, string platform)
    {
        var origin = await Admin.CreateAsync(("requirements", JsonNode.Parse("""{"min_platform":{"7.0":"20141030T081701Z"}}""")));
        var uuid = NewUuid();
        var manifest = Requests.Manifest(
            ("v", 2), ("uuid", uuid), ("type", "lx-dataset"), ("os", "linux"), ("origin", origin),
            ("requirements", JsonNode.Parse("""{"min_platform":{"7.0":"20200101T000000Z"}}""")));
        var answer = await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest, ("user-agent", agent));
        Assert.That(answer.Text, Does.Contain(platform));
    }
}
