using System.Globalization;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The machine's clock is set back while the server runs.</summary>
[TestFixture]
internal sealed class ClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    private FakeTimeProvider _clock = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new FakeTimeProvider(Now);
        _server = await TestServer.StartAsync(replace: services => services.AddSingleton<TimeProvider>(_clock));
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static string PublishedAt(Answer image) => image.Json.GetProperty("published_at").GetString()!;

    [Test]
    public async Task What_was_published_before_keeps_its_time_and_what_comes_gets_that_of_the_clock()
    {
        var early = await _server.Admin.PublishAsync(("name", "early"));
        _clock.AdjustTime(Now - TimeSpan.FromDays(400));
        var late = await _server.Admin.PublishAsync(("name", "late"));

        Assert.That(PublishedAt(await _server.Admin.GetAnswerAsync($"/images/{early}")), Is.EqualTo("2026-03-04T05:06:07.089Z"));
        Assert.That(PublishedAt(await _server.Admin.GetAnswerAsync($"/images/{late}")), Is.EqualTo("2025-01-28T05:06:07.089Z"));
        var listed = (await _server.Admin.GetAnswerAsync("/images")).Json.EnumerateArray().Select(image => image.GetProperty("uuid").GetString());
        Assert.That(listed, Is.EqualTo(new[] { late, early }));
        var file = await _server.Admin.GetAnswerAsync($"/images/{early}/file");
        Assert.That((file.Bytes, file.Header("Last-Modified")), Is.EqualTo((new byte[] { 1, 2, 3, 4 }, "Wed, 04 Mar 2026 05:06:07 GMT")));
    }

    [Test]
    public async Task A_request_during_which_the_clock_goes_back_took_no_negative_time()
    {
        var uuid = await _server.Admin.CreateAsync();
        using var body = new StreamContent(new ClockTurningStream(_clock));
        var answer = await _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", body, ("Transfer-Encoding", "chunked"));
        Assert.That(answer.Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That(int.Parse(answer.Header("x-response-time")!, NumberStyles.None, CultureInfo.InvariantCulture), Is.Not.Negative);
    }

    /// <summary>An upload that turns the clock back when its first byte has been read.</summary>
    private sealed class ClockTurningStream(FakeTimeProvider clock) : MemoryStream([1, 2, 3])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
            clock.AdjustTime(Now - TimeSpan.FromDays(1));
            return count;
        }
    }
}
