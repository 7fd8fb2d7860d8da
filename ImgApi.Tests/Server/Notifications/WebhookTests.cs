using System.Security.Cryptography;
using System.Text;
using ImgApi.Domain.Notifications;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Notifications;

/// <summary>What receivers of notifications get.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WebhookTests : WebhookFixture
{
    private WebhookReceiver _receiver = null!;

    [SetUp]
    public async Task ReceiveAsync() => _receiver = await WebhookReceiver.StartAsync();

    [TearDown]
    public async Task CloseAsync() => await _receiver.DisposeAsync();

    private Task ArrivedAsync(int count) => Eventually.TrueAsync(() => _receiver.Taken.Count() >= count);

    [Test]
    public async Task The_life_of_an_image_is_notified_in_its_order()
    {
        await using var server = await StartAsync(To(_receiver.Address));
        var uuid = await server.Admin.PublishAsync();
        await server.Admin.ActAsync(uuid, "disable");
        await server.Admin.DeleteAnswerAsync($"/images/{uuid}");
        await ArrivedAsync(5);
        Assert.That(_receiver.Taken.Select(one => one.Event), Is.EqualTo(new[] { "create", "change", "activate", "change", "delete" }));
        Assert.That(_receiver.Taken.Select(one => one.Text("image")), Has.All.EqualTo(uuid));
    }

    [Test]
    public async Task A_notification_is_the_event_of_the_audit()
    {
        await using var server = await StartAsync(To(_receiver.Address));
        await server.Admin.CreateAsync();
        await ArrivedAsync(1);
        var one = (await server.Admin.GetAnswerAsync("/audit?limit=1")).Json[0];
        var notification = _receiver.Taken.Single().Json;
        Assert.That(
            notification.EnumerateObject().Select(member => $"{member.Name}={member.Value}"),
            Is.EqualTo(one.EnumerateObject().Select(member => $"{member.Name}={member.Value}").Prepend("event=create")));
    }

    [Test]
    public async Task A_notification_is_signed_with_the_secret()
    {
        await using var server = await StartAsync(To(_receiver.Address));
        await server.Admin.CreateAsync();
        await ArrivedAsync(1);
        var one = _receiver.Taken.Single();
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), one.Body));
        Assert.That(one.Headers["X-ImgApi-Signature"], Is.EqualTo($"sha256={expected}"));
        Assert.That((one.Headers["X-ImgApi-Event"], one.Headers["X-ImgApi-Number"]), Is.EqualTo(("create", $"{one.Number}")));
    }

    [Test]
    public async Task Only_the_wanted_kinds_arrive()
    {
        await using var server = await StartAsync(To(_receiver.Address, NotificationKind.Activate));
        await server.Admin.PublishAsync();
        await server.Admin.PublishAsync();
        await ArrivedAsync(2);
        Assert.That(_receiver.Received.Select(one => one.Event), Is.EqualTo(new[] { "activate", "activate" }));
    }

    [Test]
    public async Task Damage_that_the_server_finds_is_notified()
    {
        using var folder = new TemporaryFolder();
        string uuid;
        await using (var before = await TestServer.StartAsync(dataFolder: folder.Combine("data")))
        {
            uuid = await before.Admin.PublishAsync();
        }

        // So that the webhook is not new, and gets what happens at the start.
        await using (var server = await StartAsync(To(_receiver.Address), folder.Combine("data")))
        {
            await server.Admin.CreateAsync();
            await ArrivedAsync(1);
        }

        File.Delete(Directory.GetFiles(folder.Combine("data", uuid), "image-*").Single());
        await using var damaged = await StartAsync(To(_receiver.Address), folder.Combine("data"));
        await ArrivedAsync(2);
        Assert.That((_receiver.Taken.Last().Event, _receiver.Taken.Last().Text("image")), Is.EqualTo(("damage", uuid)));
    }

    [Test]
    public async Task A_new_receiver_does_not_get_what_happened_before()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestServer.StartAsync(dataFolder: folder.Combine("data")))
        {
            await before.Admin.CreateAsync();
        }

        await using var server = await StartAsync(To(_receiver.Address), folder.Combine("data"));
        var uuid = await server.Admin.CreateAsync();
        await ArrivedAsync(1);
        Assert.That(_receiver.Received.Select(one => one.Text("image")), Is.EqualTo(new[] { uuid }));
    }
}
