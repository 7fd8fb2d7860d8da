using System.Net;
using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Audit;

/// <summary><c>/ui/audit</c>.</summary>
[TestFixture]
internal sealed partial class AuditPageTests : AuditFixture
{
    private static readonly (string, string) Browser = ("Accept", "text/html");

    private async Task<string> PageAsync(string query = "") => (await Server.Admin.GetAnswerAsync("/ui/audit" + query, Browser)).Text;

    private static IEnumerable<string> Numbers(string page) => Number.Matches(page).Select(match => match.Groups[1].Value);

    [Test]
    public async Task Each_condition_of_the_api_selects_the_same_events_on_the_page_of_the_audit()
    {
        var uuid = await Publisher.PublishAsync();
        var since = Text((await EventsAsync($"?image={uuid}"))[0], "time");
        foreach (var query in new[] { $"?image={uuid}", $"?user={Team.Publisher}", "?action=StartServer", $"?since={since}", $"?image={uuid}&action=activate" })
        {
            Assert.That(Numbers(await PageAsync(query)), Is.EqualTo((await EventsAsync(query)).Select(one => Text(one, "number"))).And.Not.Empty, query);
        }
    }

    [Test]
    public async Task Empty_fields_of_the_form_are_no_conditions() =>
        Assert.That(Numbers(await PageAsync("?user=&action=StartServer&image=&since=")), Has.Exactly(1).Items);

    [Test]
    public async Task The_links_to_the_next_pages_of_the_audit_lead_through_all_events_of_the_search_once()
    {
        var uuid = await Publisher.CreateAsync();
        for (var change = 0; change < 60; change++)
        {
            await Publisher.ActAsync(uuid, "update", Requests.Json(new { description = $"{change}" }));
        }

        var first = await PageAsync($"?image={uuid}");
        var second = (await Server.Admin.GetAnswerAsync(WebUtility.HtmlDecode(Next.Match(first).Groups[1].Value), Browser)).Text;
        Assert.That(Next.IsMatch(second), Is.False);
        Assert.That(Numbers(first).Concat(Numbers(second)), Is.EqualTo((await EventsAsync($"?image={uuid}")).Select(one => Text(one, "number"))));
    }

    [Test]
    public async Task A_wrong_condition_on_the_page_of_the_audit_is_refused_with_the_reason()
    {
        var answer = await Server.Admin.GetAnswerAsync("/ui/audit?since=yesterday", Browser);
        Assert.That((answer.Status, answer.Text.Contains("is not a time like", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
    }

    [Test]
    public async Task A_user_who_may_not_read_the_audit_is_refused_and_gets_no_link_to_it()
    {
        using var manager = Server.As(Team.Manager);
        Assert.That((await manager.GetAnswerAsync("/ui/audit", Browser)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await manager.GetAnswerAsync("/ui/server", Browser)).Text, Does.Not.Contain("/ui/audit"));
    }

    [Test]
    public async Task Scripts_in_the_name_of_a_caller_are_text_on_the_page_of_the_audit()
    {
        using var client = Server.As("<script>alert(1)</script>");
        await client.GetAnswerAsync("/state");
        await Eventually.TrueAsync(async () => (await EventsAsync("?action=RefuseCredentials")).Length > 0);
        Assert.That(await PageAsync("?action=RefuseCredentials"), Does.Contain("&lt;script&gt;alert").And.Not.Contain("<script>alert"));
    }

    [GeneratedRegex("<th scope=\"row\">(\\d+)</th>")]
    private static partial Regex Number { get; }

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next { get; }
}
