using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary><c>GET /approvals</c>.</summary>
[TestFixture]
internal sealed class ApprovalListTests : ApprovalFixture
{
    [Test]
    public async Task A_request_says_who_asked_and_for_what()
    {
        var uuid = await AskAsync(Publisher, ("name", "web"), ("version", "1.2"));
        var one = (await RequestAsync(Manager, uuid))!.Value;
        Assert.That(
            one.EnumerateObject().Where(member => member.Name != "requested_at").Select(member => $"{member.Name}={member.Value}"),
            Is.EqualTo(new[] { $"uuid={uuid}", "name=web", "version=1.2", "state=waiting", $"requested_by={Team.Publisher}" }));
    }

    [Test]
    public async Task A_publisher_sees_own_images_only()
    {
        var uuid = await AskAsync(Publisher);
        Assert.That(
            (await RequestAsync(Publisher, uuid) is not null, await RequestAsync(OtherPublisher, uuid) is not null), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Waiting_images_come_before_rejected_ones_and_the_oldest_request_first()
    {
        var rejected = await AskAsync(OtherPublisher);
        await RejectAsync(rejected);
        var first = await AskAsync(OtherPublisher);
        var second = await AskAsync(OtherPublisher);
        var listed = (await OtherPublisher.GetAnswerAsync("/approvals")).Json.EnumerateArray().Select(one => one.GetProperty("uuid").GetString());
        Assert.That(listed, Is.EqualTo(new[] { first, second, rejected }));
    }

    [Test]
    public async Task The_list_is_not_for_readers()
    {
        using var reader = Server.As(Team.Reader);
        Assert.That((int)(await reader.GetAnswerAsync("/approvals")).Status, Is.EqualTo(403));
    }
}
