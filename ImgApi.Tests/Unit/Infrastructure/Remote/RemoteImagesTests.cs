using ImgApi.Domain.Remote;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>What other servers may take their time for, and what proxies are good for. The clock is the test's own where times count.</summary>
[TestFixture]
internal sealed class RemoteImagesTests
{
    private static readonly RemoteOptions Local = new() { AllowLocal = true };
    private static readonly TimeSpan Ages = TimeSpan.FromDays(20);

    private readonly Uuid _uuid = Uuid.New();
    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void SetClock() => _clock = new FakeTimeProvider();

    private RemoteImage Image(Uri address) => new(RemoteClients.Source(address), _uuid, "some-id");

    /// <summary>Lets time go by, in jumps, until the work ends.</summary>
    private async Task<ImgApiException> RefusalInTimeAsync(Func<Task> work, TimeSpan jump)
    {
        var refusal = Refusal.Of(work);
        using var hang = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!refusal.IsCompleted)
        {
            hang.Token.ThrowIfCancellationRequested();
            _clock.Advance(jump);
            await Task.Yield();
        }

        return await refusal;
    }

    [Test]
    public async Task A_ping_tells_an_image_server_from_others()
    {
        await using var server = await TestServer.StartAsync();
        await using var services = RemoteClients.Make(Local);
        var remote = services.GetRequiredService<IRemoteImages>();
        Assert.That(await remote.PingAsync(RemoteClients.Source(server.Address), "some-id", CancellationToken.None), Does.Match(@"^\d+\.\d+\.\d+$"));
        await using var other = ScriptedServer.Saying("200 OK", """{"ping":"pong"}""");
        var refusal = await Refusal.Of(() => remote.PingAsync(RemoteClients.Source(other.Address), "some-id", CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.RemoteSource));
    }

    [TestCase(false, "no answer within 60 seconds")]
    [TestCase(true, "no answer within 60 seconds")]
    public async Task A_source_that_does_not_answer_is_given_up(bool headers, string reason)
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
        var refusal = await RefusalInTimeAsync(
            () => services.GetRequiredService<IRemoteImages>().GetManifestAsync(Image(server.Address), CancellationToken.None), TimeSpan.FromSeconds(1));
        Assert.That(refusal.Message, Is.EqualTo(reason));
        never.SetResult();
    }

    [Test]
    public async Task A_transfer_that_stands_still_is_taken_up_again_and_then_given_up()
    {
        var never = new TaskCompletionSource();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 10", "12345");
            await never.Task;
        });
        await using var services = RemoteClients.Make(Local with { AnswerTimeout = Ages, TotalTimeout = Ages }, _clock);
        await using var content = await OpenAsync(services, server.Address);
        await content.Body.ReadExactlyAsync(new byte[5]);
        var refusal = await RefusalInTimeAsync(() => content.Body.CopyToAsync(Stream.Null), TimeSpan.FromSeconds(1));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.Download));
        Assert.That(refusal.Message, Is.EqualTo(
            "\"Content-Length\" header, 10, does not match downloaded size, 5 (no byte came for 60 seconds; the other server cannot go on where it stopped)"));
        Assert.That(server.Requests.Select(request => request.Header("Range")), Is.EqualTo(new[] { null, "bytes=5-" }));
        never.SetResult();
    }

    [Test]
    public async Task A_transfer_that_drips_for_ever_is_given_up()
    {
        await using var server = new ScriptedServer(exchange => exchange.Header("Range") is not { } range
            ? exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 1000000", "1")
            : exchange.SendAsync($"206 Partial\r\nETag: \"a\"\r\nContent-Range: bytes {range[6..]}999999/1000000\r\nContent-Length: 999999", "1"));
        await using var services = RemoteClients.Make(Local with { AnswerTimeout = Ages, StallTimeout = Ages, MinRate = 0 }, _clock);
        await using var content = await OpenAsync(services, server.Address);
        var refusal = await RefusalInTimeAsync(() => content.Body.CopyToAsync(Stream.Null), TimeSpan.FromSeconds(10));
        Assert.That(refusal.Message, Does.EndWith("(the transfer took longer than 60 minutes)"));
    }

    [Test]
    public async Task Waits_between_attempts_grow()
    {
        await using var server = new ScriptedServer(exchange => exchange.Header("Range") is null
            ? exchange.SendAsync("200 OK\r\nETag: \"a\"\r\nContent-Length: 10", "12345")
            : exchange.SendAsync("503 Busy"));
        var clock = new HurryingClock(Ages);
        await using var services = RemoteClients.Make(
            Local with { AnswerTimeout = Ages, StallTimeout = Ages, TotalTimeout = Ages }, clock);
        await using var content = await OpenAsync(services, server.Address);
        var refusal = await Refusal.Of(() => content.Body.CopyToAsync(Stream.Null));
        Assert.That(refusal.Message, Does.EndWith("(HTTP 503; given up after 5 attempts)"));
        Assert.That(clock.Waits.Select(wait => wait.TotalSeconds), Is.EqualTo(new[] { 1, 2, 4, 8, 16 }));
    }

    [Test]
    public async Task The_operators_proxy_may_be_on_this_machine_and_its_targets_may_not()
    {
        await using var proxy = new ScriptedServer(exchange => exchange.SendJsonAsync("""{"imgapi":true,"version":"9"}"""));
        await using var services = RemoteClients.Make(new RemoteOptions { Proxy = new Uri($"http://me:secret@{proxy.Address.Authority}") });
        var remote = services.GetRequiredService<IRemoteImages>();
        Assert.That(await remote.PingAsync(RemoteClients.Source("http://192.0.2.1/x"), "some-id", CancellationToken.None), Is.EqualTo("9"));
        Assert.That(proxy.Requests.Single().Target, Is.EqualTo("http://192.0.2.1/x/ping"));
        foreach (var target in new[] { "http://127.0.0.1:1", "http://localhost:1", proxy.Address.ToString() })
        {
            var refusal = await Refusal.Of(() => remote.PingAsync(RemoteClients.Source(target), "some-id", CancellationToken.None));
            Assert.That(refusal.Message, Does.Contain("points at an address of this machine"), target);
        }
    }

    [Test]
    public async Task A_tunnel_goes_through_the_operators_proxy()
    {
        await using var proxy = new ScriptedServer(exchange => exchange.SendAsync("502 No"));
        await using var services = RemoteClients.Make(new RemoteOptions { Proxy = proxy.Address });
        var refusal = await Refusal.Of(() => services.GetRequiredService<IRemoteImages>()
            .PingAsync(RemoteClients.Source("https://192.0.2.1/x"), "some-id", CancellationToken.None));
        Assert.That(proxy.Requests.Single().Target, Is.EqualTo("192.0.2.1:443"));
        Assert.That(refusal.Message, Is.EqualTo("the proxy did not make the connection"));
    }

    private Task<RemoteContent> OpenAsync(ServiceProvider services, Uri address) =>
        services.GetRequiredService<IRemoteImages>().OpenFileAsync(Image(address), CancellationToken.None);

    /// <summary>Waits pass at once and are recorded; limits never come.</summary>
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
