using ImgApi.Domain.Audit;
using ImgApi.Domain.Notifications;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Domain.Notifications;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WebhookDeliveryTests : IDisposable
{
    private static readonly Webhook Webhook = new(new Uri("https://hook.example.com/x?y=z"), "secret", Enum.GetValues<NotificationKind>());

    private readonly StoredImages _images = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Receiver _receiver = new();

    public void Dispose() => _images.Dispose();

    private async Task RunUntilAsync(Func<bool> condition)
    {
        using var stop = new CancellationTokenSource();
        var delivery = new WebhookDelivery(Webhook, _images.Audit, _images.Repository, _receiver, _images.Progress, _receiver, _clock);
        var running = delivery.RunAsync(stop.Token);
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            return condition();
        });
        await stop.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_change_that_did_not_take_effect_is_not_notified()
    {
        _images.Progress.Advance(Webhook, _images.Audit.LastNumber);
        var image = await _images.AddAsync(new ImageBuilder());
        var begun = await _images.Audit.AppendAsync(AuditEvent.Of(image, image.Disable()) with { Manifest = "x" });
        await _images.Audit.AppendAsync(begun.Undone("the disk failed"));
        var next = await _images.AddAsync(new ImageBuilder());
        await RunUntilAsync(() => _receiver.Taken.Count == 2);
        Assert.That(_receiver.Taken.Select(one => one.Image), Is.EqualTo(new[] { image.Uuid, next.Uuid }));
    }

    [Test]
    public async Task An_event_that_is_refused_for_a_day_is_skipped_and_the_next_ones_are_delivered()
    {
        _images.Progress.Advance(Webhook, _images.Audit.LastNumber);
        var poison = await _images.AddAsync(new ImageBuilder());
        var next = await _images.AddAsync(new ImageBuilder());
        _receiver.Refused = poison.Uuid;
        await RunUntilAsync(() => _receiver.Taken.Count == 1);
        Assert.That(_receiver.Taken.Single().Image, Is.EqualTo(next.Uuid));
        Assert.That(_receiver.SkippedImages, Is.EqualTo(new[] { poison.Uuid }));
    }

    [Test]
    public async Task An_event_that_cannot_be_read_is_asked_for_once_a_second_and_not_more()
    {
        var reads = 0;
        var audit = new Mock<IAuditLog>();
        audit.Setup(log => log.LastNumber).Returns(5);
        audit.Setup(log => log.ReadAfterAsync(It.IsAny<long>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => ++reads < 100 ? [] : throw new InvalidOperationException("It does not pause."));
        _images.Progress.Advance(Webhook, 4);
        using var stop = new CancellationTokenSource();
        var delivery = new WebhookDelivery(Webhook, audit.Object, _images.Repository, _receiver, _images.Progress, _receiver, _clock);
        var running = delivery.RunAsync(stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(reads, Is.EqualTo(1));
    }

    [Test]
    public void Progress_is_kept_over_a_restart()
    {
        _images.Progress.Advance(Webhook, 17);
        _images.Progress.Save();
        _images.Restart();
        Assert.That(_images.Progress.Find(Webhook), Is.EqualTo(17));
    }

    [Test]
    public async Task The_file_of_the_progress_does_not_show_the_url()
    {
        _images.Progress.Advance(Webhook, 17);
        _images.Progress.Save();
        Assert.That(await File.ReadAllTextAsync(_images.Folder.Combine(".imgapi-webhooks.json")), Does.Not.Contain("example"));
    }

    /// <summary>Takes all events but those of one image.</summary>
    private sealed class Receiver : IWebhookSender, INotificationObserver
    {
        public List<AuditEvent> Taken { get; } = [];

        public List<Uuid?> SkippedImages { get; } = [];

        public Uuid? Refused { get; set; }

        public Task<string?> SendAsync(Webhook webhook, NotificationKind kind, AuditEvent one, CancellationToken cancellation)
        {
            if (one.Image == Refused)
            {
                return Task.FromResult<string?>("it answered 500");
            }

            Taken.Add(one);
            return Task.FromResult<string?>(null);
        }

        public void Failed(Webhook webhook, AuditEvent one, string reason)
        {
        }

        public void Skipped(Webhook webhook, AuditEvent one, string reason) => SkippedImages.Add(one.Image);
    }
}
