using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>More connections than <c>maxConnections</c>.</summary>
[TestFixture]
[Category("Abuse")]
[Platform(Include = "Linux", Reason = "counts what the kernel shows in /proc")]
[Category("Slow")]
internal sealed class ConnectionFloodTests
{
    private const int Room = 40;
    private const int Flood = 400;

    [Test]
    public async Task Connections_beyond_the_limit_are_closed_while_earlier_ones_are_served()
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { MaxConnections = Room });
        await server.Anonymous.GetAnswerAsync("/ping");
        using (var flood = await Clients.ConnectAsync(server.Address, Flood, "GET /ping HTTP/1.1\r\nHost: x\r\n"))
        {
            await Eventually.TrueAsync(() => Sockets.HeldBy(server.Address) <= Room);
            for (var i = 0; i < 20; i++)
            {
                Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
            }
        }

        await Eventually.TrueAsync(() => Sockets.HeldBy(server.Address) <= 1);
        Assert.That((int)(await server.Admin.GetAnswerAsync("/images?state=all")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_thousand_idle_connections_do_not_disturb_others_and_leave_no_socket()
    {
        await using var server = await TestServer.StartAsync();
        using (await Clients.ConnectAsync(server.Address, 1000, ""))
        {
            Assert.That(await server.Admin.PublishAsync(), Has.Length.EqualTo(36));
            Assert.That(Sockets.HeldBy(server.Address), Is.GreaterThanOrEqualTo(1000));
        }

        await Eventually.TrueAsync(() => Sockets.HeldBy(server.Address) <= 2);
    }
}
