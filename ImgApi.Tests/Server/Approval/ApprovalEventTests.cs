using System.Text.Json;
using ImgApi.Domain.Notifications;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>What the audit and the receivers of notifications learn of approvals.</summary>
[TestFixture]
internal sealed class ApprovalEventTests : ApprovalFixture
{
    private async Task<string[]> EventsAsync(string uuid) =>
    [
        .. (await Server.Admin.GetAnswerAsync($"/audit?image={uuid}")).Json.EnumerateArray().Reverse().Skip(2).Select(one =>
            $"{one.GetProperty("user")} {one.GetProperty("action")}: {Change(one.GetProperty("changed"), "approval")}, {Change(one.GetProperty("changed"), "state")}"),
    ];

    private static string Change(JsonElement changed, string name) =>
        changed.TryGetProperty(name, out var change) ? $"{Value(change, "from")} -> {Value(change, "to")}" : "same";

    private static string Value(JsonElement change, string name) => change.TryGetProperty(name, out var value) ? $"{value}" : "none";

    [Test]
    public async Task The_audit_has_the_request_the_rejection_with_its_reason_and_the_approval()
    {
        var uuid = await AskAsync(Publisher);
        await RejectAsync(uuid, "no version");
        await ActAsync(Publisher, uuid, "activate");
        await ActAsync(Manager, uuid, "approve");
        Assert.That(await EventsAsync(uuid), Is.EqualTo(new[]
        {
            "publisher activate: none -> waiting, same",
            "manager reject: waiting -> rejected: no version, same",
            "publisher activate: rejected: no version -> waiting, same",
            "manager approve: waiting -> none, unactivated -> active",
        }));
    }

    [Test]
    public async Task The_audit_has_the_withdrawal_of_a_request()
    {
        var uuid = await AskAsync(Publisher);
        await ActAsync(Publisher, uuid, "update", new { description = "new" });
        Assert.That((await EventsAsync(uuid))[^1], Is.EqualTo("publisher update: waiting -> none, same"));
    }

    [Test]
    public async Task A_receiver_of_notifications_learns_of_waiting_images()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(configure: configuration => WithApproval(configuration) with
        {
            Webhooks = [new() { Url = receiver.Address, Secret = "0123456789abcdef", Events = [NotificationKind.Approval, NotificationKind.Activate] }],
        });
        using var publisher = server.As(Team.Publisher);
        var uuid = await AskAsync(publisher);
        await server.Admin.ActAsync(uuid, "approve");
        await Eventually.TrueAsync(() => receiver.Taken.Count() >= 2);
        Assert.That(receiver.Taken.Select(one => (one.Event, one.Text("image"))), Is.EqualTo(new[] { ("approval", uuid), ("activate", uuid) }));
    }
}
