using System.Net;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Remote;

/// <summary>DNS names that resolve to this machine.</summary>
[TestFixture]
internal sealed class RemoteConnectionsTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("192.0.2.1");

    private static async Task<Exception> FaultAsync(params IPAddress[][] lookUps)
    {
        var next = new Queue<IPAddress[]>(lookUps);
        using var connections = new RemoteConnections(
            new RemoteOptions(), guarded: true, insecure: false, (_, _) => Task.FromResult(next.Dequeue()));
        await using var here = ScriptedServer.Saying("200 OK");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://images.example.com:{here.Address.Port}/");
        try
        {
            using var response = await connections.SendAsync(request, CancellationToken.None);
            throw new AssertionException("The request was sent.");
        }
        catch (Exception fault) when (fault is not AssertionException)
        {
            Assert.That(here.Requests, Is.Empty);
            return fault;
        }
    }

    [Test]
    public async Task A_name_with_one_forbidden_address_among_others_is_refused() =>
        Assert.That(await FaultAsync([Outside, IPAddress.Loopback]), Is.InstanceOf<ForbiddenAddressException>());

    [Test]
    public async Task A_name_that_resolves_differently_at_the_second_look_up_is_refused() =>
        Assert.That((await FaultAsync([Outside], [IPAddress.Loopback])).InnerException, Is.InstanceOf<ForbiddenAddressException>());
}
