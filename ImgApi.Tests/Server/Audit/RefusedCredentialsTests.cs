using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

[TestFixture]
internal sealed class RefusedCredentialsTests : AuditFixture
{
    [Test]
    public async Task Refused_credentials_have_an_event_without_the_password()
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = TestServer.Basic(Team.Manager, "not the password");
        await client.GetAnswerAsync("/state");
        await Eventually.TrueAsync(async () => (await EventsAsync($"?action=RefuseCredentials&user={Team.Manager}")).Length == 1);
        var texts = Directory.GetFiles(Path.Combine(Server.DataFolder, ".imgapi-audit")).Select(File.ReadAllText);
        Assert.That(texts, Has.None.Contains("not the password"));
    }

    [Test]
    public async Task A_hostile_name_stays_on_one_line_and_short()
    {
        using var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = TestServer.Basic("\n{\"number\":1}" + new string('x', 5000), "x");
        await client.GetAnswerAsync("/state");
        await Eventually.TrueAsync(async () =>
            (await EventsAsync("?action=RefuseCredentials")).Any(one => Text(one, "user") is { Length: < 300 } user && user.StartsWith("?{", StringComparison.Ordinal)));
    }
}
