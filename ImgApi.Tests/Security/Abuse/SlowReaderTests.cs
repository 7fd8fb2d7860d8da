using System.Net;
using System.Net.Sockets;
using ImgApi.Api.Http;
using ImgApi.Api.Responses;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Clients that do not read their answers cost little memory, however long the answers are, and are disconnected after a time.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "counts what the kernel shows in /proc")]
[Category("Slow")]
internal sealed class SlowReaderTests
{
    private const int Many = 40;

    // The two HTTP clients of the test server keep one connection each.
    private const int Others = 2;

    // One answer has buffers for its request, for output, and for output that the kernel has not yet accepted.
    private const int BlocksEach = 5;

    // The room that all answers share.
    private const int SharedBlocks = PiecewiseAnswers.Room / PiecewiseWriter.PieceSize;

    private const int MiB = 1024 * 1024;

    // The size of the kernel's send buffer: less than the long answers here.
    private const int KernelBuffer = 64 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private CountedBlocks _blocks = null!;
    private TestServer _server = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _blocks = new CountedBlocks();
        _server = await TestServer.StartAsync(
            replace: services => services
                .AddSingleton<IMemoryPoolFactory<byte>>(_blocks)
                .Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Listen)
                .Configure<KestrelServerOptions>(kestrel =>
                    kestrel.Limits.MinResponseDataRate = new MinDataRate(TransferRates.Answers.BytesPerSecond, Timeout)));
        var acl = Enumerable.Range(0, 9000).Select(number => new Guid(number, 0, 0, new byte[8])).ToArray();
        for (var i = 0; i < 10; i++)
        {
            await _server.Admin.PublishAsync(("acl", acl));
        }

        _uuid = await _server.Admin.CreateAsync(("acl", acl));
        await _server.Admin.UploadAsync(_uuid, new byte[8 * MiB]);
        await _server.Admin.PostAnswerAsync($"/images/{_uuid}/icon", Requests.Bytes(new byte[100_000], "image/png"));
        await _server.Admin.ActAsync(_uuid, "activate");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Unread_answers_of_every_route_hold_bounded_memory()
    {
        var paths = _server.Routes.Where(route => route.Method == "GET").Select(route => route.Path.Replace("{uuid}", _uuid, StringComparison.Ordinal))
            .Concat(["/images?name=~i", "/images/" + _uuid + "?inclAdminFields=true", "/swagger/v1/swagger.json", "/swagger/v1/swagger.yaml", "/swagger/swagger-ui-bundle.js"]);
        foreach (var path in paths)
        {
            foreach (var encoding in (string[])["identity", "gzip", "br"])
            {
                _blocks.StartCounting();
                var request = $"GET {path} HTTP/1.1\r\nHost: x\r\n{Login}Accept-Encoding: {encoding}\r\n\r\n";
                using var clients = await Clients.ConnectAsync(_server.Address, Many, request, receiveBuffer: 4096);
                await clients.AllHaveAnAnswerAsync();
                Assert.That(_blocks.Peak, Is.LessThanOrEqualTo(((Many + Others) * BlocksEach) + SharedBlocks), $"{path} in {encoding}");
            }
        }
    }

    [TestCase("/images")]
    [TestCase("/images/{uuid}")]
    [TestCase("/images/{uuid}/file")]
    [TestCase("/swagger/swagger-ui-bundle.js")]
    public async Task A_client_that_does_not_read_is_disconnected(string path)
    {
        var request = $"GET {path.Replace("{uuid}", _uuid, StringComparison.Ordinal)} HTTP/1.1\r\nHost: x\r\n\r\n";
        using var clients = await Clients.ConnectAsync(_server.Address, Many, request, receiveBuffer: 4096);
        await clients.AllHaveAnAnswerAsync();
        await Eventually.TrueAsync(() => Sockets.HeldBy(_server.Address) <= Others);
    }

    [Test]
    public void A_client_has_less_than_two_minutes_to_take_each_piece() =>
        Assert.That(TransferRates.Answers.GracePeriod, Is.LessThan(TimeSpan.FromMinutes(2)));

    private static string Login => $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";

    private static Socket Listen(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = KernelBuffer;
        return socket;
    }
}
