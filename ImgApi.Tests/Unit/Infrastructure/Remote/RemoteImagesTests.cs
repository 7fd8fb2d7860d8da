using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>Time limits and retries of requests to other servers, on fake clocks.</summary>
[TestFixture]
internal sealed class RemoteImagesTests
{
    private static readonly RemoteOptions Local = new() { AllowLocal = true };
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(20);

    private readonly Uuid _uuid = Uuid.New();
    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void SetClock() => _clock = new FakeTimeProvider();

    private RemoteImage Image(Uri address) => new(RemoteClients.Source(address), _uuid, "some-id");

    /// <summary>Advances the clock in steps until the work ends.</summary>
    private async Task<ImgApiException> RefusalAfterTimeAsync(Func<Task> work, TimeSpan step)
    {
        var refusal = Refusal.Of(work);
        using var hang = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!refusal.IsCompleted)
        {
            hang.Token.ThrowIfCancellationRequested();
            _clock.Advance(step);
            await Task.Yield();
        }

        return await refusal;
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_source_that_does_not_answer_is_given_up_after_60_seconds(bool headers)
    {
        var never = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            if (headers)
            {
                await exchange.SendAsync("200 OK\r\nContent-Length: 10", "{");
            }

            await never.Task;
        });
        await using var services = RemoteClients.Make(Local, _clock);
        var refusal = await RefusalAfterTimeAsync(
            () => services.GetRequiredService<IRemoteImages>().GetManifestAsync(Image(server.Address), CancellationToken.None), TimeSpan.FromSeconds(1));
        Assert.That(refusal.Message, Is.EqualTo("no answer within 60 seconds"));
        never.SetResult();
    }

    [Test]
    public async Task A_list_that_stalls_is_given_up_after_60_seconds()
    {
        var never = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.SendAsync("200 OK\r\nContent-Length: 10", "[");
            await never.Task;
        });
        await using var services = RemoteClients.Make(Local, _clock);
        var list = services.GetRequiredService<IRemoteImages>().ListAsync(RemoteClients.Source(server.Address), [], "some-id", CancellationToken.None);
        var refusal = await RefusalAfterTimeAsync(async () => await list.AnyAsync(), TimeSpan.FromSeconds(1));
        Assert.That(refusal.Message, Is.EqualTo("no answer within 60 seconds"));
        never.SetResult();
    }

    [Test]
    public async Task A_stalled_transfer_is_resumed_once_and_then_given_up()
    {
        var never = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 10", "12345");
            await never.Task;
        });
        await using var services = RemoteClients.Make(Local with { AnswerTimeout = Unlimited, TotalTimeout = Unlimited }, _clock);
        await using var content = await OpenAsync(services, server.Address);
        await content.Body.ReadExactlyAsync(new byte[5]);
        var refusal = await RefusalAfterTimeAsync(() => content.Body.CopyToAsync(Stream.Null), TimeSpan.FromSeconds(1));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.Download));
        Assert.That(refusal.Message, Is.EqualTo(
            "\"Content-Length\" header, 10, does not match downloaded size, 5 (no byte came for 60 seconds; the other server cannot go on where it stopped)"));
        Assert.That(server.Requests.Select(request => request.Header("Range")), Is.EqualTo(new[] { null, "bytes=5-" }));
        never.SetResult();
    }

    [Test]
    public async Task A_transfer_that_trickles_is_given_up_after_the_total_timeout()
    {
        await using var server = new ScriptedServer(exchange => exchange.Header("Range") is not { } range
            ? exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 1000000", "1")
            : exchange.SendAsync($"206 Partial\r\nETag: \"a\"\r\nContent-Range: bytes {range[6..]}999999/1000000\r\nContent-Length: 999999", "1"));
        await using var services = RemoteClients.Make(Local with { AnswerTimeout = Unlimited, StallTimeout = Unlimited, MinRate = 0 }, _clock);
        await using var content = await OpenAsync(services, server.Address);
        var refusal = await RefusalAfterTimeAsync(() => content.Body.CopyToAsync(Stream.Null), TimeSpan.FromSeconds(10));
        Assert.That(refusal.Message, Does.EndWith("(the transfer took longer than 60 minutes)"));
    }

    [Test]
    public async Task The_wait_before_each_attempt_to_resume_doubles()
    {
        await using var server = new ScriptedServer(exchange => exchange.Header("Range") is null
            ? exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 10", "12345")
            : exchange.SendAsync("503 Busy"));
        var clock = new HurryingClock(Unlimited);
        await using var services = RemoteClients.Make(
            Local with { AnswerTimeout = Unlimited, StallTimeout = Unlimited, TotalTimeout = Unlimited }, clock);
        await using var content = await OpenAsync(services, server.Address);
        var refusal = await Refusal.Of(() => content.Body.CopyToAsync(Stream.Null));
        Assert.That(refusal.Message, Does.EndWith("(HTTP 503; given up after 5 attempts)"));
        Assert.That(clock.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));
    }

    private Task<RemoteContent> OpenAsync(ServiceProvider services, Uri address) =>
        services.GetRequiredService<IRemoteImages>().OpenFileAsync(Image(address), CancellationToken.None);

    /// <summary>Records waits and ends them at once. Timers of the given limit never fire.</summary>
    private sealed class HurryingClock(TimeSpan limits) : TimeProvider
    {
        public System.Collections.Concurrent.ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == limits)
            {
                return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            }

            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
