using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>What the role <c>publish</c> permits with images of the user, and of others.</summary>
[TestFixture]
internal sealed class PublishRoleTests : RoleFixture
{
    private static readonly (string Method, string Url, object? Body)[] Changes =
    [
        ("POST", "?action=update", new { description = "changed" }),
        ("POST", "?action=activate", null),
        ("POST", "?action=disable", null),
        ("POST", "?action=enable", null),
        ("POST", "?action=channel-add", new { channel = "release" }),
        ("POST", "/acl", new[] { "930896af-bf8c-48d4-885c-6573a94b1853" }),
        ("PUT", "/icon", null),
        ("DELETE", "/icon", null),
        ("PUT", "/file?compression=gzip", null),
        ("POST", "/file/from-url", new { file_url = "https://images.example.com/x.gz" }),
        ("POST", "/file/uploads", null),
        ("HEAD", "/file/uploads/930896af-bf8c-48d4-885c-6573a94b1853", null),
        ("PATCH", "/file/uploads/930896af-bf8c-48d4-885c-6573a94b1853", null),
        ("DELETE", "/file/uploads/930896af-bf8c-48d4-885c-6573a94b1853", null),
        ("POST", "?action=export", null),
        ("DELETE", "", null),
    ];

    private static IEnumerable<TestCaseData> EachChange =>
        Changes.Select(change => new TestCaseData(change.Method, change.Url, change.Body).SetArgDisplayNames(change.Method, change.Url));

    [TestCaseSource(nameof(EachChange))]
    public async Task An_image_of_another_publisher_cannot_be_changed(string method, string url, object? body)
    {
        var uuid = await Publisher.CreateAsync();
        var before = (await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Text;
        var answer = await OtherPublisher.AnswerAsync(
            new HttpMethod(method), $"/images/{uuid}{url}", body is null ? null : Requests.Json(body), ("Tus-Resumable", "1.0.0"));
        Assert.That((int)answer.Status, Is.EqualTo(403), answer.Text);
        if (method != "HEAD")
        {
            AssertRefused(answer, NotPublishedByUser);
        }

        Assert.That((await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Text, Is.EqualTo(before));
    }

    [TestCaseSource(nameof(EachChange))]
    public async Task An_image_that_does_not_exist_is_not_found(string method, string url, object? body)
    {
        var answer = await Publisher.AnswerAsync(
            new HttpMethod(method), $"/images/{Uuid.New()}{url}", body is null ? null : Requests.Json(body), ("Tus-Resumable", "1.0.0"));
        Assert.That((int)answer.Status, Is.EqualTo(404), answer.Text);
    }

    [Test]
    public async Task An_image_that_the_account_may_not_see_is_not_found()
    {
        var uuid = await Publisher.CreateAsync(("public", false));
        var answer = await OtherPublisher.DeleteAnswerAsync($"/images/{uuid}?account=930896af-bf8c-48d4-885c-6573a94b1853");
        Assert.That((int)answer.Status, Is.EqualTo(404), answer.Text);
    }

    [Test]
    public async Task An_image_is_published_changed_disabled_and_deleted_by_its_publisher()
    {
        var uuid = await Publisher.PublishAsync();
        await Publisher.ActAsync(uuid, "update", Requests.Json(new { description = "mine" }));
        await Publisher.ActAsync(uuid, "disable");
        AssertDone(await Publisher.DeleteAnswerAsync($"/images/{uuid}"));
    }

    [Test]
    public async Task An_image_that_was_imported_with_its_manifest_belongs_to_the_user_who_imported_it()
    {
        var uuid = Uuid.New().ToString();
        await Publisher.ActAsync(uuid, "import", Requests.Manifest(("v", 2), ("uuid", uuid), ("owner", Uuid.Zero.ToString())));
        await Publisher.UploadAsync(uuid);
        await Publisher.ActAsync(uuid, "activate");
        AssertRefused(await OtherPublisher.PostAnswerAsync($"/images/{uuid}?action=disable"), NotPublishedByUser);
    }

    [Test]
    public async Task A_placeholder_of_another_user_cannot_be_replaced_by_an_import()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.ActAsync(uuid, "update", Requests.Json(new { state = "creating" }));
        var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("owner", Uuid.Zero.ToString()));
        AssertRefused(await Publisher.PostAnswerAsync($"/images/{uuid}?action=import", manifest), NotPublishedByUser);
    }

    [Test]
    public async Task A_manifest_is_not_imported_from_another_server() => AssertRefused(
        await Publisher.PostAnswerAsync($"/images/{Uuid.New()}?action=import&source=https://images.example.com"),
        "the role publish may not import images from other servers; manage and admin may");

    [Test]
    public async Task An_active_image_is_deleted_by_its_publisher() =>
        AssertDone(await Publisher.DeleteAnswerAsync($"/images/{await Publisher.PublishAsync()}"));
}
