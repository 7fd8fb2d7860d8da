using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The bound on the accounts that an image is shared with.</summary>
[TestFixture]
internal sealed class AccessListLimitTests
{
    private static readonly string[] Most = [.. Enumerable.Range(0, ImageLimits.Acl).Select(number => new Guid(number, 0, 0, new byte[8]).ToString())];
    private static readonly string[] OneMore = [.. Most, Guid.NewGuid().ToString()];

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task An_image_may_be_created_with_as_many_and_not_with_more()
    {
        Assert.That((int)(await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("acl", Most)))).Status, Is.EqualTo(200));
        AssertRefused(await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("acl", OneMore))), "ValidationFailed");
    }

    [Test]
    public async Task A_full_list_takes_no_further_account_and_stays_as_it_is()
    {
        var uuid = await _server.Admin.CreateAsync(("acl", Most));
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(OneMore[^1..])), "InvalidParameter");
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("acl").GetArrayLength(), Is.EqualTo(ImageLimits.Acl));
    }

    [Test]
    public async Task A_full_list_takes_accounts_that_it_has()
    {
        var uuid = await _server.Admin.CreateAsync(("acl", Most));
        Assert.That((int)(await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(Most[..1]))).Status, Is.EqualTo(200));
    }

    [TestCase("billing_tags")]
    [TestCase("traits")]
    public async Task Other_lists_that_every_answer_repeats_are_bounded_too(string field)
    {
        var names = Enumerable.Range(0, 20_000).Select(number => $"name{number}").ToArray();
        object value = field == "traits" ? names.ToDictionary(name => name, _ => true) : names;
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((field, value)));
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ValidationFailed")));
        Assert.That(answer.Text, Does.Contain("too big"));
    }

    [Test]
    public async Task An_update_cannot_go_beyond_it()
    {
        var uuid = await _server.Admin.CreateAsync();
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { acl = OneMore })), "ValidationFailed");
    }

    [Test]
    public async Task An_imported_manifest_cannot_go_beyond_it()
    {
        var uuid = Uuid.New().ToString();
        var body = new { v = 2, uuid, name = "a", version = "1", type = "other", os = "other", acl = OneMore };
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Json(body)), "ValidationFailed");
    }

    private static void AssertRefused(Answer answer, string code)
    {
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, code)), answer.Text);
        Assert.That(answer.Text, Does.Contain("too many accounts: 10001, max 10000"));
    }
}
