using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The history on the page of an image.</summary>
[TestFixture]
internal sealed class HistoryPageTests : AuditFixture
{
    private static async Task<string> PageAsync(HttpClient client, string uuid) =>
        (await client.GetAnswerAsync($"/ui/images/{uuid}", ("Accept", "text/html"))).Text;

    [Test]
    public async Task An_administrator_sees_who_changed_what()
    {
        var uuid = await Publisher.PublishAsync();
        var page = await PageAsync(Server.Admin, uuid);
        Assert.That(page, Does.Contain("<bdi>publisher</bdi>").And.Contain("State: <bdi>unactivated</bdi>").And.Contain("<bdi>active</bdi>"));
    }

    [Test]
    public async Task Others_do_not_see_it()
    {
        var uuid = await Publisher.PublishAsync();
        Assert.That(await PageAsync(Publisher, uuid), Does.Not.Contain("History"));
        Assert.That(await PageAsync(Server.Anonymous, uuid), Does.Not.Contain("History"));
    }

    [Test]
    public async Task Scripts_in_a_changed_field_are_text()
    {
        var uuid = await Publisher.PublishAsync();
        await Publisher.ActAsync(uuid, "update", Requests.Json(new { description = "<script>alert(1)</script>" }));
        Assert.That(await PageAsync(Server.Admin, uuid), Does.Not.Contain("<script>alert"));
    }
}
