using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The checks before an action is carried out, and their order (contract 5).</summary>
[TestFixture]
internal sealed class ActionChecks() : ActionFixture
{
    [TestCase("", "action:MissingParameter")]
    [TestCase("action=", "action:MissingParameter")]
    [TestCase("action=bogus", "action:Invalid")]
    [Check(127)]
    public async Task A_missing_or_unknown_action_is_refused(string query, string error) =>
        AssertRefused(await ActAsync(await Admin.CreateAsync(), query), 422, "InvalidParameter", error);

    [Test]
    [Check(127)]
    public async Task An_unknown_image_is_reported_before_an_unknown_action() => AssertNotFound(await ActAsync(UnknownUuid, "action=bogus"));

    [TestCase("activate")]
    [TestCase("bogus")]
    [Check(128)]
    public async Task An_if_match_of_another_version_is_refused_before_the_action_matters(string action) =>
        AssertRefused(await ActAsync(await CreateWithFileAsync(), $"action={action}", null, ("If-Match", "zz")), 412, "PreconditionFailed");

    [Test]
    [Check(128)]
    public async Task A_failed_precondition_leaves_the_state_unchanged()
    {
        var uuid = await CreateWithFileAsync();
        await ActAsync(uuid, "action=activate", null, ("If-Match", "zz"));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
    }

    [Test]
    [Check(128)]
    public async Task An_if_none_match_of_the_current_version_is_refused()
    {
        var uuid = await CreateWithFileAsync();
        AssertRefused(await ActAsync(uuid, "action=activate", null, ("If-None-Match", await EtagAsync(uuid))), 412, "PreconditionFailed");
    }

    [Test]
    [Check(128)]
    public async Task An_if_match_of_the_current_version_lets_the_action_through()
    {
        var uuid = await CreateWithFileAsync();
        AssertImage(await ActAsync(uuid, "action=activate", null, ("If-Match", $"\"{await EtagAsync(uuid)}\"")));
    }

    [Test]
    [Check(128)]
    public async Task An_action_changes_the_etag()
    {
        var uuid = await CreateWithFileAsync();
        var before = await EtagAsync(uuid);
        await ActAsync(uuid, "action=activate");
        Assert.That((int)(await Anonymous.GetAnswerAsync($"/images/{uuid}", ("If-None-Match", before))).Status, Is.EqualTo(200));
    }

    [TestCase("activate")]
    [TestCase("disable")]
    [TestCase("enable")]
    [TestCase("bogus")]
    public async Task A_body_that_the_action_does_not_use_must_be_valid_json(string action) =>
        AssertRefused(await ActAsync(await Admin.CreateAsync(), $"action={action}", "{bad"), 400, "InvalidContent");

    [TestCase("activate")]
    [TestCase("disable")]
    [TestCase("enable")]
    [TestCase("bogus")]
    public async Task A_body_that_the_action_does_not_use_must_match_its_md5(string action) =>
        AssertRefused(
            await ActAsync(await Admin.CreateAsync(), $"action={action}", "{}", ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==")), 400, "BadDigest");

    [TestCase("activate")]
    [TestCase("update")]
    public async Task Invalid_json_is_reported_before_an_unknown_image(string action) =>
        AssertRefused(await ActAsync(UnknownUuid, $"action={action}", "{bad"), 400, "InvalidContent");

    [Test]
    public async Task An_unknown_image_is_reported_before_an_update_that_is_not_an_object() =>
        AssertNotFound(await UpdateAsync(UnknownUuid, "5"));

    [Test]
    [Check(151)]
    public async Task An_account_does_not_find_an_image_that_is_not_shared_with_it() =>
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{await SharedAsync()}?account={UnknownUuid}"), "image not found");

    [Test]
    [Check(151)]
    public async Task An_account_reads_an_image_that_is_shared_with_it() =>
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{await SharedAsync()}?account={AccountB}"));

    [Test]
    [Check(151)]
    public async Task An_account_does_not_change_an_image_that_is_only_shared_with_it() =>
        AssertRefused(await ActAsync(await SharedAsync(), $"action=disable&account={AccountB}"), 422, "NotImageOwner");

    [Test]
    [Check(151)]
    public async Task An_account_does_not_delete_an_image_that_is_only_shared_with_it() =>
        AssertRefused(await Admin.DeleteAnswerAsync($"/images/{await SharedAsync()}?account={AccountB}"), 422, "NotImageOwner");

    [Test]
    [Check(151)]
    public async Task An_account_changes_its_own_image() =>
        AssertImage(await ActAsync(await SharedAsync(), $"action=disable&account={AccountA}"));

    /// <summary>An active image of account A that is shared with account B.</summary>
    private Task<string> SharedAsync() => Admin.PublishAsync(("owner", AccountA), ("acl", new[] { AccountB }));

    private async Task<string> EtagAsync(string uuid) => (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Header("Etag")!;
}
