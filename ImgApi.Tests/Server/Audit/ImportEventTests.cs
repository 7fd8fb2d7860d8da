using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary>The events of imports, which a job makes after the request of the user.</summary>
[TestFixture]
internal sealed class ImportEventTests : AuditFixture
{
    [Test]
    public async Task What_a_job_does_is_done_by_the_user_who_started_it()
    {
        await using var source = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync();
        using var manager = Server.As(Team.Manager);
        var started = await manager.PostAnswerAsync($"/images/{uuid}?action=import-remote&source={source.Address}");
        await manager.JobEndAsync(started.Json.GetProperty("job_uuid").GetString()!);
        var events = await EventsAsync($"?image={uuid}");
        Assert.That(events.Select(one => Text(one, "user")), Has.All.EqualTo(Team.Manager));
        Assert.That(events.Select(one => Text(one, "request")), Has.All.EqualTo(started.Header("x-request-id")));
        Assert.That(events.Select(one => Text(one, "action")).Distinct(), Is.EquivalentTo(new[] { "import-remote", "ImportJob" }));
    }
}
