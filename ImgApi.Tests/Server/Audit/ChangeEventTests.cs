using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The events of changes by requests.</summary>
[TestFixture]
internal sealed class ChangeEventTests : AuditFixture
{
    private static readonly Dictionary<string, Func<HttpClient, string, Task<Answer>>> Changes = new()
    {
        ["AddImageFile"] = (client, uuid) => client.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes([1, 2, 3])),
        ["AddImageIcon"] = (client, uuid) => client.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1, 2, 3], "image/png")),
        ["update"] = (client, uuid) => client.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { description = "new" })),
        ["disable"] = (client, uuid) => client.PostAnswerAsync($"/images/{uuid}?action=disable"),
        ["ChangeImageAcl/add"] = (client, uuid) => client.PostAnswerAsync($"/images/{uuid}/acl?action=add", Requests.Json(new[] { Guid.NewGuid() })),
        ["DeleteImage"] = (client, uuid) => client.DeleteAnswerAsync($"/images/{uuid}"),
    };

    private static IEnumerable<string> Actions => Changes.Keys;

    [TestCaseSource(nameof(Actions))]
    public async Task Each_change_has_an_event_with_the_user_the_image_and_the_id_of_the_request(string action)
    {
        var uuid = await Server.Admin.CreateAsync(("name", "changed"));
        using var manager = Server.As(Team.Manager);
        var answer = await Changes[action](manager, uuid);
        var one = (await EventsAsync($"?image={uuid}"))[0];
        Assert.That(
            (Text(one, "action"), Text(one, "user"), Text(one, "name"), Text(one, "address"), Text(one, "request")),
            Is.EqualTo((action, Team.Manager, "changed", "127.0.0.1", answer.Header("x-request-id"))), answer.Text);
    }

    [Test]
    public async Task A_creation_has_an_event()
    {
        var uuid = await Publisher.CreateAsync();
        var one = (await EventsAsync($"?image={uuid}")).Single();
        Assert.That((Text(one, "action"), Text(one, "user")), Is.EqualTo(("CreateImage", Team.Publisher)));
    }

    [Test]
    public async Task An_activation_says_what_changed()
    {
        var uuid = await Publisher.PublishAsync();
        var state = (await EventsAsync($"?image={uuid}&action=activate")).Single().GetProperty("changed").GetProperty("state");
        Assert.That((Text(state, "from"), Text(state, "to")), Is.EqualTo(("unactivated", "active")));
    }

    [Test]
    public async Task A_refused_change_has_no_event()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        await Publisher.DeleteAnswerAsync($"/images/{uuid}");
        Assert.That(await EventsAsync($"?image={uuid}"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Each_of_many_concurrent_changes_has_one_event()
    {
        var uuid = await Server.Admin.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(new { description = $"{number}" }))));
        Assert.That(await EventsAsync($"?image={uuid}&action=update"), Has.Length.EqualTo(20));
    }

    [Test]
    public async Task The_commit_of_a_resumable_upload_has_an_event()
    {
        var uuid = await Publisher.CreateAsync();
        var created = await Publisher.PostAnswerAsync(
            $"/images/{uuid}/file/uploads", null, ResumableUpload.Version, ("Upload-Length", "3"), ("Upload-Metadata", "compression bm9uZQ=="));
        await new ResumableUpload(Publisher, created.Header("Location")!).AppendAsync(0, [1, 2, 3]);
        Assert.That(Text((await EventsAsync($"?image={uuid}"))[0], "user"), Is.EqualTo(Team.Publisher));
    }
}
