using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class StateChecks() : ContractFixture(ServerMode.Private)
{
    private Task<Answer> ActAsync(string uuid, string query, string? body = null, params (string, string)[] headers) =>
        Admin.PostAnswerAsync($"/images/{uuid}?{query}", body is null ? null : Requests.Json(body), headers);

    private async Task<bool> IsListedAsync(string uuid) => (await Anonymous.GetAnswerAsync("/images")).Text.Contains(uuid, StringComparison.Ordinal);

    [Test]
    public async Task Check_120_no_activation_without_file()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await ActAsync(uuid, "action=activate");
        AssertRefused(answer, 422, "NoActivationNoFile");
        Assert.That(answer.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: it has no file"));
    }

    [TestCase(null)]
    [TestCase("{}")]
    public async Task Check_121_and_122_activation_happens_once(string? body)
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        var answer = await ActAsync(uuid, "action=activate", body);
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That(answer.Json.GetProperty("published_at").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
        AssertRefused(await ActAsync(uuid, "action=activate", body), 422, "ImageAlreadyActivated");
    }

    [Test]
    public async Task Check_123_and_124_disable_hides_and_enable_shows()
    {
        var uuid = await Admin.PublishAsync();
        var published = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("published_at").GetString();
        for (var i = 0; i < 2; i++)
        {
            var disabled = await ActAsync(uuid, "action=disable");
            Assert.That(disabled.Text, Does.Contain("\"state\": \"disabled\"").And.Contain("\"disabled\": true"));
            Assert.That(await IsListedAsync(uuid), Is.False);
        }

        AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
        var enabled = await ActAsync(uuid, "action=enable");
        Assert.That(enabled.Text, Does.Contain("\"state\": \"active\"").And.Contain("\"disabled\": false").And.Contain(published!));
        Assert.That(await IsListedAsync(uuid), Is.True);
    }

    [Test]
    public async Task Check_125_and_126_before_activation_only_the_flag_flips()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        Assert.That((await ActAsync(uuid, "action=enable")).Text, Does.Contain("unactivated"));
        Assert.That((await ActAsync(uuid, "action=disable")).Text, Does.Contain("unactivated").And.Contain("\"disabled\": true"));
        Assert.That((await ActAsync(uuid, "action=activate")).Text, Does.Contain("\"state\": \"disabled\""));
    }

    [Test]
    public async Task Check_127_actions_are_checked_after_the_image()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await ActAsync(uuid, ""), 422, "InvalidParameter", "action:MissingParameter");
        AssertRefused(await ActAsync(uuid, "action="), 422, "InvalidParameter", "action:MissingParameter");
        AssertRefused(await ActAsync(uuid, "action=bogus"), 422, "InvalidParameter", "action:Invalid");
        AssertNotFound(await ActAsync(UnknownUuid, "action=bogus"));
    }

    [Test]
    public async Task Check_128_preconditions_come_before_the_action()
    {
        var uuid = await Admin.CreateAsync();
        await Admin.UploadAsync(uuid);
        AssertRefused(await ActAsync(uuid, "action=activate", null, ("If-Match", "zz")), 412, "PreconditionFailed");
        AssertRefused(await ActAsync(uuid, "action=bogus", null, ("If-Match", "zz")), 412, "PreconditionFailed");
        var etag = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Header("Etag")!;
        AssertRefused(await ActAsync(uuid, "action=activate", null, ("If-None-Match", etag)), 412, "PreconditionFailed");
        AssertImage(await ActAsync(uuid, "action=activate", null, ("If-Match", $"\"{etag}\"")));
        Assert.That((int)(await Anonymous.GetAnswerAsync($"/images/{uuid}", ("If-None-Match", etag))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Check_129_an_update_says_something()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await ActAsync(uuid, "action=update", "{}"), 422, "ValidationFailed");
        AssertRefused(await ActAsync(uuid, "action=update", "[]"), 422, "ValidationFailed");
        AssertRefused(await ActAsync(uuid, "action=update"), 422, "ValidationFailed", "body:MissingParameter");
    }

    [Test]
    public async Task Check_130_and_134_an_update_replaces_whole_fields()
    {
        var uuid = await Admin.CreateAsync(("tags", JsonNode.Parse("""{"old":1}""")));
        var before = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Header("Etag");
        var answer = await ActAsync(uuid, "action=update", $$"""
            {"name":"other","version":"2","os":"linux","tags":{"new":true},"owner":"{{AccountA}}","description":"text"}
            """);
        AssertImage(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.GetProperty("name").GetString(), Is.EqualTo("other"));
            Assert.That(answer.Json.GetProperty("version").GetString(), Is.EqualTo("2"));
            Assert.That(answer.Json.GetProperty("os").GetString(), Is.EqualTo("linux"));
            Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(AccountA));
            Assert.That(answer.Json.GetProperty("description").GetString(), Is.EqualTo("text"));
            Assert.That(answer.Json.GetProperty("tags").EnumerateObject().Select(tag => tag.Name), Is.EqualTo(new[] { "new" }));
            Assert.That(answer.Header("Etag"), Is.Not.EqualTo(before));
        });
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(answer.Text));
    }

    [Test]
    public async Task Check_131_what_cannot_be_updated()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await ActAsync(uuid, "action=update", """{"disabled":true,"type":"zvol","published_at":"x","icon":true}""");
        AssertRefused(
            answer, 422, "ValidationFailed", "disabled:NotAllowed", "type:NotAllowed", "published_at:NotAllowed", "icon:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Parameter cannot be updated"));
        Assert.That(answer.Message, Is.EqualTo("invalid image update data: disabled, type, published_at, icon"));
    }

    [Test]
    public async Task Check_132_null_removes_a_field()
    {
        var uuid = await Admin.CreateAsync(("description", "text"), ("tags", JsonNode.Parse("""{"a":1}""")));
        Assert.That((await ActAsync(uuid, "action=update", """{"description":null}""")).Keys, Does.Not.Contain("description"));
        Assert.That((await ActAsync(uuid, "action=update", """{"tags":null}""")).Keys, Does.Not.Contain("tags"));
        AssertRefused(await ActAsync(uuid, "action=update", """{"name":null}"""), 422, "ValidationFailed", "name:MissingParameter");
    }

    [Test]
    public async Task Check_133_public_must_fit_the_mode() =>
        AssertRefused(
            await ActAsync(await Admin.CreateAsync(), "action=update", """{"public":true}"""), 422, "ValidationFailed", "public:Invalid");

    [Test]
    public async Task Check_135_some_fields_are_for_operators()
    {
        var uuid = await Admin.CreateAsync(("owner", AccountA));
        var answer = await ActAsync(uuid, $"action=update&account={AccountA}", """{"billing_tags":["x"],"state":"failed"}""");
        AssertRefused(answer, 422, "ValidationFailed", "state:NotAllowed", "billing_tags:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Can only be updated by operators"));
    }

    [Test]
    public async Task Check_136_uuid_and_origin_are_fixed_by_activation()
    {
        var origin = await Admin.CreateAsync();
        var uuid = await Admin.PublishAsync();
        var body = $$"""{"origin":"{{origin}}","uuid":"{{UnknownUuid}}"}""";
        var answer = await ActAsync(uuid, "action=update", body);
        AssertRefused(answer, 422, "ValidationFailed", "origin:NotAllowed", "uuid:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Can only be updated on unactivated images"));
    }

    [TestCase(true, "", "files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    [TestCase(
        true, $"&account={AccountA}",
        "state:NotAllowed,error:NotAllowed,billing_tags:NotAllowed,traits:NotAllowed,files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    [TestCase(
        false, $"&account={AccountA}",
        "state:NotAllowed,error:NotAllowed,billing_tags:NotAllowed,traits:NotAllowed,files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    public async Task An_update_names_each_field_once_and_in_the_fixed_order(bool isActive, string account, string errors)
    {
        var uuid = isActive ? await Admin.PublishAsync(("owner", AccountA)) : await Admin.CreateAsync(("owner", AccountA));
        var body = $$"""
            {"uuid":"{{UnknownUuid}}","origin":"{{UnknownUuid}}","files":[{"size":5}],"traits":{},"billing_tags":[],"error":{},"state":"failed"}
            """;
        var answer = await ActAsync(uuid, $"action=update{account}", body);
        AssertRefused(answer, 422, "ValidationFailed", errors.Split(','));
        Assert.That(answer.Message, Is.EqualTo("invalid image update data: " + errors.Replace(":NotAllowed", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_uuid_can_change_before_activation_and_takes_the_file_along()
    {
        var (uuid, taken, next) = (await Admin.CreateAsync(), await Admin.CreateAsync(), Uuid.New());
        await Admin.UploadAsync(uuid, [9, 9, 9]);
        AssertRefused(await ActAsync(uuid, "action=update", $$"""{"uuid":"{{taken}}"}"""), 409, "ImageUuidAlreadyExists");
        Assert.That((await ActAsync(uuid, "action=update", $$"""{"uuid":"{{next}}","name":"moved"}""")).Uuid, Is.EqualTo(next.ToString()));
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{next}/file")).Bytes, Is.EqualTo(new byte[] { 9, 9, 9 }));
    }

    [Test]
    public async Task Check_137_an_operator_can_label_an_image_failed()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await ActAsync(uuid, "action=update", """{"state":"failed","error":{"message":"why"}}""");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("why"));
        AssertRefused(await ActAsync(uuid, "action=update", """{"state":"bogus"}"""), 422, "ValidationFailed", "state:Invalid");
    }

    [Test]
    public async Task Only_digests_of_a_file_can_be_updated()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await ActAsync(uuid, "action=update", """{"files":[{"digest":"x"}]}"""), 422, "ValidationFailed", "files:NotAllowed");
        await Admin.UploadAsync(uuid);
        AssertImage(await ActAsync(uuid, "action=update", """{"files":[{"digest":"sha256:1","uncompressedDigest":"sha256:2"}]}"""));
        AssertRefused(await ActAsync(uuid, "action=update", """{"files":[{"size":5}]}"""), 422, "ValidationFailed", "files:NotAllowed");
    }

    [Test]
    public async Task Check_138_acl()
    {
        var uuid = await Admin.CreateAsync();
        var url = $"/images/{uuid}/acl";
        await Admin.PostAnswerAsync(url, Requests.Json(new[] { AccountA }));
        var twice = await Admin.PostAnswerAsync($"{url}?action=add", Requests.Json(new[] { AccountA, AccountB }));
        Assert.That(twice.Json.GetProperty("acl").EnumerateArray().Select(item => item.GetString()), Is.EqualTo(new[] { AccountA, AccountB }));
        AssertRefused(await Admin.PostAnswerAsync(url, Requests.Json("{}")), 422, "InvalidParameter", "acl:Invalid");
        AssertRefused(await Admin.PostAnswerAsync(url), 422, "InvalidParameter", "acl:Invalid");
        AssertRefused(await Admin.PostAnswerAsync(url, Requests.Json("[\"zz\"]")), 422, "InvalidParameter", "acl:Invalid");
        AssertRefused(await Admin.PostAnswerAsync($"{url}?action=x", Requests.Json("[]")), 422, "InvalidParameter", "action:Invalid");
        var none = await Admin.PostAnswerAsync($"{url}?action=remove", Requests.Json(new[] { AccountA, AccountB, UnknownUuid }));
        AssertImage(none);
        Assert.That(none.Keys, Does.Not.Contain("acl"));
    }

    [Test]
    public async Task Check_151_an_account_acts_only_on_what_it_owns()
    {
        var uuid = await Admin.PublishAsync(("owner", AccountA), ("acl", new[] { AccountB }));
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}?account={UnknownUuid}"), "image not found");
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}?account={AccountB}"));
        AssertRefused(await ActAsync(uuid, $"action=disable&account={AccountB}"), 422, "NotImageOwner");
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{uuid}?account={AccountB}"), 422, "NotImageOwner");
        AssertImage(await ActAsync(uuid, $"action=disable&account={AccountA}"));
    }
}
