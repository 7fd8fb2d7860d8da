using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The answer to a create, and the members that its body may have.</summary>
[TestFixture]
internal sealed class CreateChecks() : CreateFixture
{
    [Test]
    [Check(61, 62)]
    public async Task A_minimal_manifest_makes_an_image()
    {
        var answer = await CreateAsync(("owner", AccountA), ("public", true));
        AssertImage(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Keys, Is.EqualTo(
                new[] { "v", "uuid", "owner", "name", "version", "state", "disabled", "public", "type", "os", "files" }));
            Assert.That(answer.Text, Does.Contain("\"state\": \"unactivated\"").And.Contain("\"files\": []").And.Contain("\"v\": 2"));
            Assert.That(answer.Text, Does.Contain("\"disabled\": false"));
            Assert.That(answer.Header("Etag"), Does.Match("^[0-9a-f]{40}$"));
        });
    }

    [Test]
    [Check(67)]
    public async Task Missing_fields_are_all_named_in_order()
    {
        var answer = await Admin.PostAnswerAsync("/images", Requests.Json("{}"));
        AssertRefused(
            answer, 422, "ValidationFailed",
            "name:MissingParameter", "version:MissingParameter", "type:MissingParameter", "os:MissingParameter");
        Assert.That(answer.Message, Is.EqualTo("invalid image data: name, version, type, os"));
    }

    [Test]
    [Check(68, 69)]
    public async Task Unknown_keys_are_the_only_errors_that_are_reported()
    {
        var answer = await CreateAsync(("foo", 1), ("uuid", UnknownUuid), ("name", null));
        AssertRefused(answer, 422, "InvalidParameter", "foo:Invalid", "uuid:Invalid");
        Assert.That(answer.Message, Is.EqualTo("invalid extra parameters: \"foo\", \"uuid\""));
    }

    [TestCase("published_at", "2013-01-01T00:00:00Z")]
    [TestCase("urn", "a:b:c:1")]
    [TestCase("activated", true)]
    [Check(70)]
    public async Task Keys_that_only_an_import_may_set_are_refused(string key, object value) =>
        AssertRefused(await CreateAsync((key, value)), 422, "InvalidParameter", $"{key}:Invalid");

    [Test]
    [Check(71)]
    public async Task A_state_is_refused()
    {
        var answer = await CreateAsync(("state", "active"));
        AssertRefused(answer, 422, "ValidationFailed", "state:NotAllowed");
        Assert.That(answer.Message, Is.EqualTo("invalid image data: \"state\""));
    }

    [Test]
    [Check(72)]
    public async Task Files_channels_and_icon_are_ignored()
    {
        var answer = await CreateAsync(("files", new[] { 1 }), ("channels", new[] { "dev" }), ("icon", true));
        AssertImage(answer);
        Assert.That(answer.Keys, Does.Not.Contain("icon").And.Not.Contain("channels"));
        Assert.That(answer.Text, Does.Contain("\"files\": []"));
    }

    [Test]
    [Check(73)]
    public Task A_public_server_refuses_a_private_image() => AssertInvalidAsync("public", false);

    [TestCase(UnknownUuid)]
    [TestCase("bogus")]
    [Check(83)]
    public async Task An_unknown_origin_is_refused(string origin)
    {
        var answer = await CreateAsync(("origin", origin));
        AssertRefused(answer, 422, "OriginDoesNotExist");
        Assert.That(answer.Message, Is.EqualTo($"origin image \"{origin}\" does not exist"));
    }

    [Test]
    [Check(93)]
    public async Task An_account_that_is_not_a_uuid_is_refused() =>
        AssertRefused(await Admin.PostAnswerAsync("/images?account=xx", Requests.Manifest()), 422, "InvalidParameter", "account:Invalid");

    [Test]
    [Check(93)]
    public async Task An_account_cannot_create_an_image_for_another_owner() =>
        AssertRefused(
            await Admin.PostAnswerAsync($"/images?account={AccountA}", Requests.Manifest(("owner", AccountB))),
            422, "InvalidParameter", "owner:Invalid");

    [Test]
    [Check(93)]
    public async Task The_account_owns_an_image_that_names_no_owner()
    {
        var answer = await Admin.PostAnswerAsync($"/images?account={AccountA}", Requests.Manifest());
        Assert.That(answer.Json.GetProperty("owner").GetString(), Is.EqualTo(AccountA));
    }

    [Test]
    [Check(94)]
    public async Task A_public_server_hides_billing_tags_and_traits() =>
        Assert.That(
            (await CreateAsync(("billing_tags", new[] { "x" }), ("traits", new { a = true }))).Keys,
            Does.Not.Contain("billing_tags").And.Not.Contain("traits"));

    [Test]
    [Check(95)]
    public async Task An_unknown_action_is_refused() =>
        AssertRefused(await Admin.PostAnswerAsync("/images?action=bogus", Requests.Manifest()), 422, "InvalidParameter", "action:Invalid");
}
