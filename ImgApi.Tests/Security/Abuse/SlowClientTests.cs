using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>
/// Hundreds of clients that send or read almost nothing: other clients are served meanwhile, and afterwards no connection,
/// memory block or open file is left. The server's timeouts are shortened.
/// </summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "counts what the kernel shows in /proc")]
[Category("Slow")]
internal sealed class SlowClientTests
{
    private const int Many = 300;

    // One transfer has buffers for input, for output, and for output that the kernel has not yet accepted.
    private const int BlocksEach = 5;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private CountedBlocks _blocks = null!;
    private TestServer _server = null!;

    private static string Login => $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";

    [SetUp]
    public async Task StartAsync()
    {
        _blocks = new CountedBlocks();
        _server = await TestServer.StartAsync(replace: services => services
            .AddSingleton<IMemoryPoolFactory<byte>>(_blocks)
            .Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.Limits.RequestHeadersTimeout = Timeout;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, Timeout);
            }));
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("GET /ping HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    [TestCase("GET /pi")]
    public async Task Clients_that_never_finish_a_header_are_disconnected(string start)
    {
        using var slow = await Clients.ConnectAsync(_server.Address, Many, start);
        await AssertServesAsync();
        Assert.That(await slow.ReadToEndAsync(), Has.All.StartsWith("HTTP/1.1 408 "));
        slow.Dispose();
        await AssertNothingIsLeftAsync();
    }

    [TestCase("Content-Length: 1000\r\n\r\n{")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    public async Task Clients_that_never_finish_a_body_are_disconnected(string start)
    {
        using var slow = await Clients.ConnectAsync(_server.Address, Many, $"POST /images HTTP/1.1\r\nHost: x\r\n{Login}{start}");
        await AssertServesAsync();
        Assert.That(await slow.ReadToEndAsync(), Has.All.StartsWith("HTTP/1.1 408 ").And.All.Contains("RequestTimeoutError"));
        slow.Dispose();
        await AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task Uploads_that_stop_in_the_middle_leave_no_file_socket_or_memory()
    {
        var uuid = await _server.Admin.CreateAsync();
        using (await Clients.ConnectAsync(
            _server.Address, Many, $"PUT /images/{uuid}/file?compression=none HTTP/1.1\r\nHost: x\r\n{Login}Content-Length: 1000000\r\n\r\nabc"))
        {
            await Eventually.TrueAsync(() => OpenFiles() > 0);
            await AssertServesAsync();
        }

        await AssertNothingIsLeftAsync();
        Assert.That(Directory.GetFiles(Path.Combine(_server.DataFolder, uuid)).Select(Path.GetFileName), Is.EqualTo(new[] { "manifest.json" }));
    }

    [Test]
    public async Task Downloads_that_are_not_read_hold_bounded_memory()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid, new byte[8 * 1024 * 1024]);
        var before = _blocks.Rented;
        using (await Clients.ConnectAsync(_server.Address, Many, $"GET /images/{uuid}/file HTTP/1.1\r\nHost: x\r\n\r\n", receiveBuffer: 4096))
        {
            await Eventually.TrueAsync(() => OpenFiles() == Many);
            await AssertServesAsync();
            Assert.That(_blocks.Rented - before, Is.LessThanOrEqualTo(Many * BlocksEach));
        }

        await AssertNothingIsLeftAsync();
    }

    /// <summary>Checks that other clients can ping, publish, download and list.</summary>
    private async Task AssertServesAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await _server.Anonymous.GetAnswerAsync("/ping")).Text, Does.Contain("pong"));
            var uuid = await _server.Admin.PublishAsync();
            Assert.That((await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            Assert.That((await _server.Anonymous.GetAnswerAsync("/images")).Text, Does.Contain(uuid));
        }
    }

    private async Task AssertNothingIsLeftAsync()
    {
        // The two HTTP clients of the test server keep one connection each.
        await Eventually.TrueAsync(() => Sockets.HeldBy(_server.Address) <= 2);
        await Eventually.TrueAsync(() => _blocks.Rented <= 2);
        await Eventually.TrueAsync(() => OpenFiles() == 0);
    }

    /// <summary>The number of files in the data folder that this process has open, without the folder's lock and the audit.</summary>
    private int OpenFiles() => Directory.GetFiles("/proc/self/fd")
        .Select(link => new FileInfo(link).LinkTarget)
        .Count(target => target?.StartsWith(_server.DataFolder, StringComparison.Ordinal) == true && Path.GetExtension(target) is not (".lock" or ".jsonl"));
}
