using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The accounts that an image is shared with (contract 5.16).</summary>
[TestFixture]
internal sealed class AclChecks() : ActionFixture
{
    private Task<Answer> PostAsync(string uuid, string query, object? body) =>
        Admin.PostAnswerAsync($"/images/{uuid}/acl{query}", body is null ? null : Requests.Json(body));

    [Test]
    [Check(138)]
    public async Task An_account_that_is_added_twice_is_listed_once()
    {
        var uuid = await Admin.CreateAsync(("acl", new[] { AccountA }));
        var answer = await PostAsync(uuid, "?action=add", new[] { AccountA, AccountB });
        Assert.That(answer.Json.GetProperty("acl").EnumerateArray().Select(item => item.GetString()), Is.EqualTo(new[] { AccountA, AccountB }));
    }

    [Test]
    [Check(138)]
    public async Task Accounts_are_added_unless_the_action_says_otherwise()
    {
        var answer = await PostAsync(await Admin.CreateAsync(), "", new[] { AccountA });
        Assert.That(answer.Json.GetProperty("acl").EnumerateArray().Select(item => item.GetString()), Is.EqualTo(new[] { AccountA }));
    }

    [Test]
    [Check(138)]
    public async Task Without_its_last_account_an_image_has_no_acl()
    {
        var uuid = await Admin.CreateAsync(("acl", new[] { AccountA, AccountB }));
        var answer = await PostAsync(uuid, "?action=remove", new[] { AccountA, AccountB, UnknownUuid });
        AssertImage(answer);
        Assert.That(answer.Keys, Does.Not.Contain("acl"));
    }

    [TestCase("{}")]
    [TestCase(null)]
    [TestCase("[\"zz\"]")]
    [Check(138)]
    public async Task A_body_that_is_not_a_list_of_uuids_is_refused(string? body) =>
        AssertRefused(await PostAsync(await Admin.CreateAsync(), "", body), 422, "InvalidParameter", "acl:Invalid");

    [TestCase("[]")]
    [TestCase("5")]
    [Check(138)]
    public async Task An_unknown_action_is_refused_whatever_the_body(string body) =>
        AssertRefused(await PostAsync(await Admin.CreateAsync(), "?action=x", body), 422, "InvalidParameter", "action:Invalid");

    [Test]
    public async Task An_invalid_body_is_reported_before_an_unknown_image() =>
        AssertRefused(await PostAsync(UnknownUuid, "", "5"), 422, "InvalidParameter", "acl:Invalid");
}
