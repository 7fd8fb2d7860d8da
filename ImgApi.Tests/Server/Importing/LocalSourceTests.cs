using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Callers cannot make the server talk to its own machine where the operator does not want it.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class LocalSourceTests : ImportFixture
{
    private const string Reason = "points at an address of this machine or its link, or a reserved one, which this server's configuration does not allow";

    /// <summary>The machine's addresses beside those of the loopback interface, and its name.</summary>
    private static IEnumerable<string> OwnHosts =>
    [
        Dns.GetHostName(),
        .. OwnAddresses().Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}"),
        .. OwnAddresses().Where(address => address.AddressFamily == AddressFamily.InterNetwork).Select(address => $"[::ffff:{address}]"),
    ];

    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        Impatient(configuration) with { AllowLocalSources = false };

    [TestCase("127.0.0.1")]
    [TestCase("127.9.9.9")]
    [TestCase("localhost")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("0177.0.0.1")]
    [TestCase("127.1")]
    [TestCase("0.0.0.0")]
    [TestCase("0")]
    [TestCase("169.254.169.254")]
    [TestCase("224.0.0.1")]
    [TestCase("[::1]")]
    [TestCase("[::]")]
    [TestCase("[fe80::1]")]
    [TestCase("[ff02::1]")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("[::ffff:7f00:1]")]
    [TestCase("[::ffff:169.254.169.254]")]
    [TestCase("[64:ff9b::7f00:1]")]
    [TestCase("[2002:7f00:1::]")]
    [TestCase("[64:ff9b:1::7f00:1]")]
    [TestCase("[::ffff:0:7f00:1]")]
    [TestCase("[2001::1]")]
    [TestCase("[fec0::1]")]
    [TestCase("[fd00:ec2::254]")]
    [TestCase("100.100.100.200")]
    [TestCaseSource(nameof(OwnHosts))]
    public async Task Local_sources_are_refused(string host)
    {
        var port = Source.Address.Port;
        var source = await Admin.ImportFromAsync(Chain.Base, $"http://{host}:{port}/");
        AssertRefused(source, 503, "RemoteSourceError");
        Assert.That(source.Message, Does.Contain(Reason));
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Base, $"http://{host}:{port}/"), 503, "RemoteSourceError");

        var uuid = await Admin.CreateAsync();
        AssertRefused(await Admin.FileFromAsync(uuid, $"http://{host}:{port}/"), 503, "RemoteSourceError");
        var url = await Admin.PostAnswerAsync(
            $"/images/{uuid}/file/from-url?compression=gzip", Requests.Json(new { file_url = $"https://{host}:{port}/x" }));
        AssertRefused(url, 400, "Download");
        Assert.That(url.Message, Does.StartWith("Error getting image: ").And.EndsWith(Reason));
    }

    [Test]
    public async Task A_name_that_resolves_to_this_machine_is_refused_when_it_is_connected_to()
    {
        var own = OwnAddresses().FirstOrDefault() ?? throw new IgnoreException("This machine has a loopback interface only.");
        var lookUps = new Queue<IPAddress>([IPAddress.Parse("198.51.100.1"), own]);
        using var connections = new RemoteConnections(
            new RemoteOptions(), guarded: true, insecure: false, (_, _) => Task.FromResult<IPAddress[]>([lookUps.Dequeue()]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://images.example.com/");
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => connections.SendAsync(request, CancellationToken.None));
        Assert.That(fault?.InnerException, Is.InstanceOf<ForbiddenAddressException>());
    }

    private static IEnumerable<IPAddress> OwnAddresses() => IPGlobalProperties.GetIPGlobalProperties().GetUnicastAddresses()
        .Select(unicast => unicast.Address)
        .Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);

    [TestCase("127.0.0.1", null, true)]
    [TestCase("::1", null, true)]
    [TestCase("0.0.0.0", null, false)]
    [TestCase("192.0.2.1", null, false)]
    [TestCase("0.0.0.0", true, true)]
    [TestCase("127.0.0.1", false, false)]
    public void The_default_is_what_the_server_is_bound_to(string address, bool? configured, bool allowed)
    {
        var configuration = new ServerConfiguration
        {
            DataFolder = "x",
            Address = IPAddress.Parse(address),
            AllowLocalSources = configured,
        };
        Assert.That(configuration.EffectiveRemote.AllowLocal, Is.EqualTo(allowed));
    }
}
