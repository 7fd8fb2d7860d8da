using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>When an image waits for approval.</summary>
[TestFixture]
internal sealed class ApprovalRequestTests : ApprovalFixture
{
    private static readonly (string Method, string Url, object? Body)[] Changes =
    [
        ("POST", "?action=update", new { description = "changed" }),
        ("POST", "?action=disable", null),
        ("POST", "/acl", new[] { "930896af-bf8c-48d4-885c-6573a94b1853" }),
        ("PUT", "/icon", null),
        ("PUT", "/file?compression=none", null),
    ];

    [Test]
    public async Task An_image_that_a_publisher_activates_is_answered_202_and_stays_unactivated()
    {
        var uuid = await Publisher.CreateAsync();
        await Publisher.UploadAsync(uuid);
        var answer = await ActAsync(Publisher, uuid, "activate");
        Assert.That(((int)answer.Status, answer.Json.GetProperty("state").GetString()), Is.EqualTo((202, "unactivated")));
        Assert.That(await StateAsync(uuid), Is.EqualTo("unactivated"));
    }

    [Test]
    public async Task An_image_that_a_manager_activates_is_active_at_once() =>
        Assert.That(await StateAsync(await Manager.PublishAsync()), Is.EqualTo("active"));

    [Test]
    public async Task An_image_without_a_file_cannot_wait()
    {
        var answer = await ActAsync(Publisher, await Publisher.CreateAsync(), "activate");
        Assert.That((int)answer.Status, Is.EqualTo(422), answer.Text);
    }

    [Test]
    public async Task A_second_activation_by_the_publisher_keeps_the_first_request()
    {
        var uuid = await AskAsync(Publisher);
        var first = await RequestAsync(Manager, uuid);
        Assert.That((int)(await ActAsync(Publisher, uuid, "activate")).Status, Is.EqualTo(202));
        Assert.That($"{await RequestAsync(Manager, uuid)}", Is.EqualTo($"{first}"));
    }

    [Test]
    public async Task A_change_of_the_image_withdraws_the_request([Range(0, 4)] int number)
    {
        var (method, url, body) = Changes[number];
        var uuid = await AskAsync(Publisher);
        var content = method == "PUT" ? Requests.Bytes(Samples.Png, "image/png") : body is null ? null : Requests.Json(body);
        var answer = await Publisher.AnswerAsync(new HttpMethod(method), $"/images/{uuid}{url}", content);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(await RequestAsync(Manager, uuid), Is.Null);
    }

    [Test]
    public async Task An_enable_of_an_image_that_was_active_before_does_not_wait()
    {
        var uuid = await AskAsync(Publisher);
        await ActAsync(Manager, uuid, "approve");
        await ActAsync(Publisher, uuid, "disable");
        await ActAsync(Publisher, uuid, "enable");
        Assert.That(await StateAsync(uuid), Is.EqualTo("active"));
    }

    [Test]
    public async Task A_publisher_cannot_label_an_image_as_active()
    {
        var uuid = await Publisher.CreateAsync();
        var answer = await ActAsync(Publisher, uuid, "update", new { state = "active" });
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((403, "NotAuthorized")));
        Assert.That(await StateAsync(uuid), Is.EqualTo("unactivated"));
    }

    [Test]
    public async Task An_image_that_is_imported_with_its_manifest_waits_too()
    {
        var uuid = Uuid.New().ToString();
        await Publisher.ActAsync(uuid, "import", Requests.Manifest(("v", 2), ("uuid", uuid), ("owner", Uuid.Zero.ToString())));
        await Publisher.UploadAsync(uuid);
        Assert.That((int)(await ActAsync(Publisher, uuid, "activate")).Status, Is.EqualTo(202));
    }

    [Test]
    public async Task The_request_appears_neither_in_the_manifest_nor_in_lists_of_images()
    {
        var uuid = await AskAsync(Publisher);
        await RejectAsync(uuid, "secret-word");
        foreach (var url in new[] { $"/images/{uuid}?inclAdminFields=true", "/images?state=all" })
        {
            Assert.That((await Server.Admin.GetAnswerAsync(url)).Text, Does.Not.Contain("secret-word").And.Not.Contain("approval"), url);
        }
    }

    [Test]
    public async Task Without_the_key_approval_an_image_of_a_publisher_is_active_at_once()
    {
        await using var server = await TestServer.StartAsync(configure: Team.With);
        using var publisher = server.As(Team.Publisher);
        var uuid = await publisher.PublishAsync();
        Assert.That((await publisher.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }
}
