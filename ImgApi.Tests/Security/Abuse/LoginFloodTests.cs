using System.Net;
using System.Net.Sockets;
using ImgApi.Api.Authentication;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Thousands of wrong passwords from hundreds of networks, on a stopped clock.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "connects from all of 127.0.0.0/8")]
[Category("Slow")]
internal sealed class LoginFloodTests
{
    private const int Networks = 200;
    private const int Extra = 10;

    [Test]
    public async Task A_flood_of_wrong_passwords_is_limited_for_each_network_and_locks_out_no_user()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var limiter = new AttemptLimiter(clock);
        await using var server = await TestServer.StartAsync(
            replace: services => services.AddSingleton<TimeProvider>(clock).AddSingleton(limiter));
        var statuses = new List<int>();
        for (var network = 0; network < Networks; network++)
        {
            using var client = From(server.Address, new IPAddress([127, 1, (byte)(network / 250), (byte)((network % 250) + 1)]));
            for (var guess = 0; guess < AttemptLimiter.Burst + Extra; guess++)
            {
                statuses.Add((int)(await client.GetAnswerAsync("/ping", ("Authorization", $"{TestServer.Basic("admin", $"guess {guess}")}"))).Status);
            }
        }

        Assert.That(statuses.Count(status => status == 401), Is.EqualTo(Networks * AttemptLimiter.Burst));
        Assert.That(statuses.Count(status => status == 429), Is.EqualTo(Networks * Extra));
        Assert.That(limiter.Count, Is.EqualTo(Networks));
        Assert.That((int)(await server.Admin.GetAnswerAsync("/images?state=all")).Status, Is.EqualTo(200));
    }

    private static HttpClient From(Uri server, IPAddress address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = server };
}
