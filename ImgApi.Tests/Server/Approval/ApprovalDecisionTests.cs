using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>How somebody with the role manage decides.</summary>
[TestFixture]
internal sealed class ApprovalDecisionTests : ApprovalFixture
{
    private static async Task<string?> TimeAsync(HttpClient client, string uuid) => (await RequestAsync(client, uuid))!.Value.GetProperty("requested_at").GetString();

    [Test]
    public async Task An_approved_image_is_active_and_waits_no_more()
    {
        var uuid = await AskAsync(Publisher);
        var answer = await ActAsync(Manager, uuid, "approve");
        Assert.That(((int)answer.Status, answer.Json.GetProperty("state").GetString()), Is.EqualTo((200, "active")));
        Assert.That(await RequestAsync(Manager, uuid), Is.Null);
    }

    [Test]
    public async Task The_request_that_was_seen_can_be_approved()
    {
        var uuid = await AskAsync(Publisher);
        var answer = await Manager.PostAnswerAsync($"/images/{uuid}?action=approve&requested={await TimeAsync(Manager, uuid)}");
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
    }

    [Test]
    public async Task An_image_that_was_changed_and_waits_again_is_not_approved_for_the_earlier_request()
    {
        var uuid = await AskAsync(Publisher);
        var seen = await TimeAsync(Manager, uuid);
        await Eventually.TrueAsync(async () =>
        {
            await Publisher.UploadAsync(uuid, [9, 9, 9]);
            await ActAsync(Publisher, uuid, "activate");
            return await TimeAsync(Manager, uuid) != seen;
        });
        var answer = await Manager.PostAnswerAsync($"/images/{uuid}?action=approve&requested={seen}");
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((409, "NotWaitingForApproval")));
        Assert.That(await StateAsync(uuid), Is.EqualTo("unactivated"));
    }

    [Test]
    public async Task An_image_that_nobody_asked_for_is_neither_approved_nor_rejected([Values("approve", "reject")] string action)
    {
        var uuid = await Publisher.CreateAsync();
        await Publisher.UploadAsync(uuid);
        var answer = await ActAsync(Manager, uuid, action, new { reason = "x" });
        Assert.That((answer.Code, answer.Message), Is.EqualTo(("NotWaitingForApproval", $"image \"{uuid}\" does not wait for approval")));
    }

    [Test]
    public async Task A_publisher_neither_approves_nor_rejects([Values("approve", "reject")] string action)
    {
        var uuid = await AskAsync(Publisher);
        var answer = await ActAsync(Publisher, uuid, action, new { reason = "x" });
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((403, "NotAuthorized")));
    }

    [Test]
    public async Task A_rejected_image_keeps_the_reason_without_space_around_it_until_its_publisher_asks_again()
    {
        var uuid = await AskAsync(Publisher);
        await RejectAsync(uuid, "  no version\n");
        var rejected = (await RequestAsync(Publisher, uuid))!.Value;
        Assert.That(
            (rejected.GetProperty("state").GetString(), rejected.GetProperty("reason").GetString(), rejected.GetProperty("rejected_by").GetString()),
            Is.EqualTo(("rejected", "no version", Team.Manager)));
        await ActAsync(Publisher, uuid, "activate");
        var again = (await RequestAsync(Publisher, uuid))!.Value;
        Assert.That((again.GetProperty("state").GetString(), again.TryGetProperty("reason", out _)), Is.EqualTo(("waiting", false)));
    }

    [Test]
    public async Task A_rejected_image_is_not_approved_before_its_publisher_asks_again()
    {
        var uuid = await AskAsync(Publisher);
        await RejectAsync(uuid);
        Assert.That((await ActAsync(Manager, uuid, "approve")).Code, Is.EqualTo("NotWaitingForApproval"));
    }

    [TestCase("""{ "reason": "" }""", "it must not be empty")]
    [TestCase("""{ "reason": " \n " }""", "it must not be empty")]
    [TestCase("""{ "reason": 5 }""", "it must not be empty")]
    [TestCase("{}", "it must not be empty")]
    [TestCase("""{ "reason": "a\nb" }""", "it must be one line of visible characters")]
    [TestCase("""{ "reason": "a\u001b[31mb" }""", "it must be one line of visible characters")]
    [TestCase("""{ "reason": "a\u202eb" }""", "it must be one line of visible characters")]
    public async Task A_bad_reason_is_refused_and_the_image_waits_on(string body, string problem)
    {
        var uuid = await AskAsync(Publisher);
        var answer = await ActAsync(Manager, uuid, "reject", body);
        Assert.That((answer.Code, answer.Message), Is.EqualTo(("InvalidParameter", $"invalid \"reason\": {problem}")));
        Assert.That((await RequestAsync(Publisher, uuid))!.Value.GetProperty("state").GetString(), Is.EqualTo("waiting"));
    }

    [TestCase(256, 200)]
    [TestCase(257, 422)]
    public async Task A_reason_has_at_most_256_characters(int length, int status) =>
        Assert.That((int)(await RejectAsync(await AskAsync(Publisher), new string('x', length))).Status, Is.EqualTo(status));

    [Test]
    public async Task A_time_of_a_request_that_is_no_time_is_refused()
    {
        var answer = await Manager.PostAnswerAsync($"/images/{await AskAsync(Publisher)}?action=approve&requested=yesterday");
        Assert.That((answer.Code, answer.Errors.Single()), Is.EqualTo(("InvalidParameter", "requested:Invalid")));
    }

    [Test]
    public async Task An_approval_obeys_preconditions()
    {
        var uuid = await AskAsync(Publisher);
        var answer = await Manager.PostAnswerAsync($"/images/{uuid}?action=approve", null, ("If-Match", "\"x\""));
        Assert.That((int)answer.Status, Is.EqualTo(412), answer.Text);
    }
}
