using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary><c>GET /audit</c>.</summary>
[TestFixture]
internal sealed class AuditListTests : AuditFixture
{
    [TestCase("image=x")]
    [TestCase("since=yesterday")]
    [TestCase("limit=0")]
    [TestCase("limit=1001")]
    [TestCase("limit=-1")]
    [TestCase("limit=many")]
    [TestCase("marker=x")]
    [TestCase("marker=0")]
    public async Task A_wrong_parameter_is_refused(string query)
    {
        var answer = await Server.Admin.GetAnswerAsync($"/audit?{query}");
        Assert.That((answer.Code, answer.Errors.Single()), Is.EqualTo(("InvalidParameter", $"{query.Split('=')[0]}:Invalid")));
    }

    [Test]
    public async Task Pages_by_marker_have_all_events_once()
    {
        await Publisher.PublishAsync();
        var all = await EventsAsync("?limit=1000");
        var numbers = new List<string>();
        for (var page = await EventsAsync("?limit=2"); page.Length > 0; page = await EventsAsync($"?limit=2&marker={numbers[^1]}"))
        {
            numbers.AddRange(page.Select(one => Text(one, "number")!));
        }

        Assert.That(numbers, Is.EqualTo(all.Select(one => Text(one, "number"))));
    }

    [Test]
    public async Task Members_without_a_value_are_absent()
    {
        var one = (await EventsAsync("?action=StartServer")).Single();
        Assert.That(one.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "number", "time", "action", "hash" }));
    }

    [Test]
    public async Task A_time_has_the_format_of_manifests() =>
        Assert.That(Text((await EventsAsync())[0], "time"), Does.Match(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z"));

    [Test]
    public async Task The_answer_is_not_stored_by_caches() =>
        Assert.That((await Server.Admin.GetAnswerAsync("/audit")).Header("cache-control"), Does.Contain("no-store"));
}
