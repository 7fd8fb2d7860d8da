using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>An image can be shared with at most 10,000 accounts.</summary>
[TestFixture]
internal sealed class AccessListLimitTests
{
    private static readonly string[] Max = [.. Enumerable.Range(0, ImageLimits.Acl).Select(number => new Guid(number, 0, 0, new byte[8]).ToString())];
    private static readonly string[] TooMany = [.. Max, Guid.NewGuid().ToString()];

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task An_image_is_created_with_the_maximum_number_of_accounts() =>
        Assert.That((int)(await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("acl", Max)))).Status, Is.EqualTo(200));

    [Test]
    public async Task An_image_is_not_created_with_too_many_accounts() =>
        AssertRefused(await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("acl", TooMany))), "ValidationFailed");

    [Test]
    public async Task A_full_access_list_refuses_another_account_and_stays_unchanged()
    {
        var uuid = await _server.Admin.CreateAsync(("acl", Max));
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(TooMany[^1..])), "InvalidParameter");
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("acl").GetArrayLength(), Is.EqualTo(ImageLimits.Acl));
    }

    [Test]
    public async Task A_full_access_list_accepts_accounts_that_it_has()
    {
        var uuid = await _server.Admin.CreateAsync(("acl", Max));
        Assert.That((int)(await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl", Requests.Json(Max[..1]))).Status, Is.EqualTo(200));
    }

    [TestCase("billing_tags")]
    [TestCase("traits")]
    public async Task Billing_tags_and_traits_have_a_maximum_size(string field)
    {
        var names = Enumerable.Range(0, 20_000).Select(number => $"name{number}").ToArray();
        object value = field == "traits" ? names.ToDictionary(name => name, _ => true) : names;
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((field, value)));
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ValidationFailed")));
        Assert.That(answer.Text, Does.Contain("too big"));
    }

    [Test]
    public async Task An_update_with_too_many_accounts_is_refused()
    {
        var uuid = await _server.Admin.CreateAsync();
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { acl = TooMany })), "ValidationFailed");
    }

    [Test]
    public async Task An_import_with_too_many_accounts_is_refused()
    {
        var uuid = Uuid.New().ToString();
        var body = new { v = 2, uuid, name = "a", version = "1", type = "other", os = "other", acl = TooMany };
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=import", Requests.Json(body)), "ValidationFailed");
    }

    private static void AssertRefused(Answer answer, string code)
    {
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, code)), answer.Text);
        Assert.That(answer.Text, Does.Contain("too many accounts: 10001, max 10000"));
    }
}
