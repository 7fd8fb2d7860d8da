using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class ImportAndDeleteChecks() : ContractFixture(ServerMode.Public)
{
    private async Task<Answer> ImportAsync(string uuid, string query = "", params (string Key, object? Value)[] changes) =>
        await Admin.PostAnswerAsync($"/images/{uuid}?action=import{query}", Requests.Manifest([("v", 2), ("uuid", uuid), .. changes]));

    [Test]
    public async Task Check_152_delete_leaves_nothing()
    {
        var uuid = await Admin.PublishAsync();
        await Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], "image/png"));
        AssertRefused(
            await Admin.DeleteAnswerAsync($"/images/{uuid}?force_all_channels=foo"), 422, "InvalidParameter", "force_all_channels:Invalid");
        var answer = await Admin.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That((int)answer.Status, Is.EqualTo(204));
        Assert.That(answer.Bytes, Is.Empty);
        AssertNotFound(await Admin.DeleteAnswerAsync($"/images/{uuid}"), $"image {uuid} not found");
        Assert.That(Directory.EnumerateFileSystemEntries(Server.DataFolder).Where(path => path.Contains(uuid, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Check_153_an_origin_stays_while_images_depend_on_it()
    {
        var origin = await Admin.PublishAsync();
        var children = new List<string>();
        for (var i = 0; i < 11; i++)
        {
            children.Add(await Admin.CreateAsync(("origin", origin)));
        }

        var refused = await Admin.DeleteAnswerAsync($"/images/{origin}");
        AssertRefused(refused, 422, "ImageHasDependentImages");
        Assert.That(refused.Message, Does.StartWith($"image \"{origin}\" has 11 dependent incremental image(s): ").And.EndWith(", and 6 more..."));
        foreach (var child in children.Skip(1))
        {
            await Admin.DeleteAnswerAsync($"/images/{child}");
        }

        refused = await Admin.DeleteAnswerAsync($"/images/{origin}");
        Assert.That(refused.Message, Is.EqualTo($"image \"{origin}\" has 1 dependent incremental image(s): {children[0]}"));
        await Admin.DeleteAnswerAsync($"/images/{children[0]}");
        Assert.That((int)(await Admin.DeleteAnswerAsync($"/images/{origin}")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Check_154_import_checks_its_uuid()
    {
        var uuid = Uuid.New().ToString();
        var other = await ImportAsync(uuid, "", ("uuid", UnknownUuid));
        AssertRefused(other, 422, "InvalidParameter", "uuid:Invalid");
        Assert.That(other.Message, Is.EqualTo($"URL UUID, \"{uuid}\" and body UUID, \"{UnknownUuid}\" do not match"));
        AssertRefused(await ImportAsync(uuid, "", ("uuid", null)), 422, "InvalidParameter", "uuid:Invalid");
        AssertRefused(await ImportAsync(uuid, $"&account={AccountA}"), 403, "OperatorOnly");
        AssertRefused(await ImportAsync(uuid, "&skip_owner_check=foo"), 422, "InvalidParameter", "skip_owner_check:Invalid");
        AssertImage(await ImportAsync(uuid));
        AssertRefused(await ImportAsync(uuid), 409, "ImageUuidAlreadyExists");
    }

    [Test]
    public async Task Check_155_and_158_import_keeps_what_it_may()
    {
        var uuid = Uuid.New().ToString();
        var answer = await ImportAsync(
            uuid, "", ("published_at", "2013-01-02T03:04:05Z"), ("urn", "a:b:c:1"), ("state", "active"), ("owner", AccountA),
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
    public async Task Check_156_import_checks_its_date_and_version()
    {
        var uuid = Uuid.New().ToString();
        AssertRefused(await ImportAsync(uuid, "", ("published_at", "2013-01-01")), 422, "ValidationFailed", "published_at:Invalid");
        AssertRefused(await ImportAsync(uuid, "", ("published_at", "2013-13-45T99:00:00Z")), 422, "ValidationFailed", "published_at:Invalid");
        AssertRefused(await ImportAsync(uuid, "", ("published_at", 5)), 422, "InvalidParameter", "published_at:Invalid");
        AssertRefused(await ImportAsync(uuid, "", ("v", null)), 422, "ValidationFailed", "v:MissingParameter");
    }

    [Test]
    public async Task Check_157_a_manifest_of_the_old_form_is_upgraded()
    {
        var uuid = Uuid.New().ToString();
        var answer = await ImportAsync(
            uuid, "", ("v", null), ("creator_uuid", AccountA), ("creator_name", "sdc"), ("platform_type", "smartos"),
            ("created_at", "2012-05-02T15:15Z"), ("vendor_uuid", AccountB), ("cloud_name", "sdc"), ("urn", "sdc:sdc:base:1"));
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("v").GetInt32(), Is.EqualTo(2));
        Assert.That(answer.Json.GetProperty("published_at").GetString(), Is.EqualTo("2012-05-02T15:15:00Z"));
        Assert.That(answer.Json.GetProperty("public").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Check_159_what_imgadm_publish_does()
    {
        var uuid = Uuid.New().ToString();
        (string, string)[] headers = [("accept-version", "*"), ("user-agent", "imgadm/3.9.5 (node/0.10.48; OpenSSL/1.0.1u)")];
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("published_at", "2013-01-02T03:04:05Z"));
        AssertImage(await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest, headers));
#pragma warning disable CA5350
        var sha1 = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData([1, 2, 3]));
#pragma warning restore CA5350
        var file = await Admin.PutAnswerAsync(
            $"/images/{uuid}/file?compression=none&sha1={sha1}", Requests.Bytes([1, 2, 3], "application/json"), headers);
        Assert.That(file.Json.GetProperty("files")[0].GetProperty("size").GetInt64(), Is.EqualTo(3));
        Assert.That(file.Json.GetProperty("files")[0].GetProperty("sha1").GetString(), Is.EqualTo(sha1));
        var active = await Admin.PostAnswerAsync($"/images/{uuid}?action=activate", Requests.Json("{}"), headers);
        Assert.That(active.Json.GetProperty("published_at").GetString(), Is.EqualTo("2013-01-02T03:04:05Z"));
        Assert.That(active.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Imgadm_before_3_7_4_gets_the_platform_of_its_origin()
    {
        var origin = await Admin.CreateAsync(("requirements", JsonNode.Parse("""{"min_platform":{"7.0":"20141030T081701Z"}}""")));
        foreach (var (agent, platform) in new[] { ("imgadm/3.7.3 (node)", "20141030T081701Z"), ("imgadm/3.7.4 (node)", "20200101T000000Z") })
        {
            var uuid = Uuid.New().ToString();
            var manifest = Requests.Manifest(
                ("v", 2), ("uuid", uuid), ("type", "lx-dataset"), ("os", "linux"), ("origin", origin),
                ("requirements", JsonNode.Parse("""{"min_platform":{"7.0":"20200101T000000Z"}}""")));
            var answer = await Admin.PostAnswerAsync($"/images/{uuid}?action=import", manifest, ("user-agent", agent));
            Assert.That(answer.Text, Does.Contain(platform), agent);
        }
    }

    [Test]
    public async Task Two_imports_of_one_uuid_have_one_winner()
    {
        var uuid = Uuid.New().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ImportAsync(uuid)));
        Assert.That(answers.Select(answer => (int)answer.Status).Order(), Is.EqualTo(new[] { 200 }.Concat(Enumerable.Repeat(409, 15))));
    }
}
