using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

[TestFixture]
internal sealed class CredentialFloodTests : AuditFixture
{
    [Test]
    public async Task Credentials_that_were_not_even_checked_have_no_event_so_that_a_flood_does_not_fill_the_disk()
    {
        await EventsAsync(); // a password that was right before is accepted during a flood
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = TestServer.Basic("flood", "x");
        var answers = new List<Answer>();
        for (var attempt = 0; attempt < 60; attempt++)
        {
            answers.Add(await client.GetAnswerAsync("/state"));
        }

        var refused = answers.Count(answer => (int)answer.Status == 401);
        Assert.That(refused, Is.LessThan(60));
        await Eventually.TrueAsync(async () => (await EventsAsync("?user=flood&limit=1000")).Length == refused);
    }
}
