using System.Globalization;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The clock is set back while the server runs.</summary>
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
    public async Task An_image_keeps_its_publication_date_when_the_clock_is_set_back_and_new_images_get_the_new_time()
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
    public async Task The_response_time_is_not_negative_if_the_clock_is_set_back_during_the_request()
    {
        var uuid = await _server.Admin.CreateAsync();
        using var body = new StreamContent(new ClockResettingStream(_clock));
        var answer = await _server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", body, ("Transfer-Encoding", "chunked"));
        Assert.That(answer.Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That(int.Parse(answer.Header("x-response-time")!, NumberStyles.None, CultureInfo.InvariantCulture), Is.Not.Negative);
    }

    /// <summary>An upload that sets the clock back when its first byte is read.</summary>
    private sealed class ClockResettingStream(FakeTimeProvider clock) : MemoryStream([1, 2, 3])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
            clock.AdjustTime(Now - TimeSpan.FromDays(1));
            return count;
        }
    }
}
