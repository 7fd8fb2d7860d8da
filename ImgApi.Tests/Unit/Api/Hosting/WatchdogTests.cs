using System.Net;
using System.Net.Sockets;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Api.Hosting;

/// <summary>The watchdog of a server whose connections are accepted by the test.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WatchdogTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly Mock<ISystemdNotifier> _systemd = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Watchdog _watchdog;

    public WatchdogTests()
    {
        _server.Start();
        var addresses = new Mock<IServerAddressesFeature>();
        addresses.Setup(feature => feature.Addresses).Returns([$"http://{_server.LocalEndpoint}"]);
        var features = new FeatureCollection();
        features.Set(addresses.Object);
        _watchdog = new Watchdog(_systemd.Object, Mock.Of<IServer>(server => server.Features == features), _clock, NullLogger<Watchdog>.Instance) { Limit = Limit };
    }

    [SetUp]
    public Task StartAsync() => _watchdog.StartedAsync(CancellationToken.None);

    [Test]
    public async Task A_server_that_does_not_answer_in_time_is_not_alive()
    {
        using var first = await _server.AcceptTcpClientAsync();
        using var second = await NextAsync();
        Assert.That(_systemd.Invocations, Is.Empty);
    }

    [Test]
    public async Task A_server_that_answers_again_is_alive_again()
    {
        using var first = await _server.AcceptTcpClientAsync();
        await Eventually.TrueAsync(async () =>
        {
            if (!_server.Pending())
            {
                _clock.Advance(Limit / 3);
            }

            // Attempts that were given up wait here too.
            while (_server.Pending())
            {
                using var next = await _server.AcceptTcpClientAsync();
                await next.GetStream().WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            }

            return _systemd.Invocations.Count > 0;
        });
    }

    [Test]
    public async Task A_server_that_closes_connections_too_many_is_alive()
    {
        // The client tries a closed connection again, a few times.
        await Eventually.TrueAsync(async () =>
        {
            if (_server.Pending())
            {
                using var closed = await _server.AcceptTcpClientAsync();
            }

            return _systemd.Invocations.Count > 0;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _watchdog.StopAsync(CancellationToken.None);
        _watchdog.Dispose();
        _server.Dispose();
    }

    /// <summary>Lets time pass until the watchdog connects again.</summary>
    private async Task<TcpClient> NextAsync()
    {
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(Limit / 3);
            return _server.Pending();
        });
        return await _server.AcceptTcpClientAsync();
    }
}
