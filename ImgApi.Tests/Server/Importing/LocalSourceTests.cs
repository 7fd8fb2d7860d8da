using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Remote;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Callers cannot make the server connect to its own machine, unless the operator allows it.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class LocalSourceTests : ImportFixture
{
    private const string Reason = "points at an address of this machine or its link, or a reserved one, which this server's configuration does not allow";

    /// <summary>Spellings of local and reserved addresses, the machine's name and its addresses beside those of the loopback interface.</summary>
    private static IEnumerable<string> LocalHosts =>
    [
        "127.0.0.1", "127.9.9.9", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0", "0",
        "169.254.169.254", "224.0.0.1", "[::1]", "[::]", "[fe80::1]", "[ff02::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[64:ff9b:1::7f00:1]",
        "[::ffff:0:7f00:1]", "[2001::1]", "[fec0::1]", "[fd00:ec2::254]", "100.100.100.200",
        Dns.GetHostName(),
        .. OwnAddresses().Select(address => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}"),
        .. OwnAddresses().Where(address => address.AddressFamily == AddressFamily.InterNetwork).Select(address => $"[::ffff:{address}]"),
    ];

    protected override ServerConfiguration Configure(ServerConfiguration configuration) =>
        WithShortWaits(configuration) with { AllowLocalSources = false };

    [TestCaseSource(nameof(LocalHosts))]
    public async Task A_manifest_is_not_imported_from_a_local_address(string host) =>
        AssertForbidden(await Admin.ImportFromAsync(Chain.Base, SourceAt(host)));

    [TestCaseSource(nameof(LocalHosts))]
    public async Task A_job_does_not_import_from_a_local_address(string host) =>
        AssertForbidden(await Admin.ImportRemoteAsync(Chain.Base, SourceAt(host)));

    [TestCaseSource(nameof(LocalHosts))]
    public async Task A_file_is_not_imported_from_a_local_address(string host) =>
        AssertForbidden(await Admin.FileFromAsync(await Admin.CreateAsync(), SourceAt(host)));

    [TestCaseSource(nameof(LocalHosts))]
    public async Task A_file_is_not_downloaded_from_a_url_with_a_local_address(string host)
    {
        var url = $"https://{host}:{Source.Address.Port}/x";
        var answer = await Admin.PostAnswerAsync(
            $"/images/{await Admin.CreateAsync()}/file/from-url?compression=gzip", Requests.Json(new { file_url = url }));
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("Error getting image: ").And.EndsWith(Reason));
    }

    private string SourceAt(string host) => $"http://{host}:{Source.Address.Port}/";

    [Test]
    public async Task A_name_that_later_resolves_to_this_machine_is_refused_when_connecting()
    {
        var own = OwnAddresses().FirstOrDefault() ?? throw new IgnoreException("This machine has a loopback interface only.");
        var lookUps = new Queue<IPAddress>([IPAddress.Parse("198.51.100.1"), own]);
        using var connections = new RemoteConnections(
            new RemoteOptions(), guarded: true, insecure: false, (_, _) => Task.FromResult<IPAddress[]>([lookUps.Dequeue()]));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://images.example.com/");
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => connections.SendAsync(request, CancellationToken.None));
        Assert.That(fault?.InnerException, Is.InstanceOf<ForbiddenAddressException>());
    }

    private static void AssertForbidden(Answer answer)
    {
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.Contain(Reason));
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
    public void Local_sources_are_allowed_by_default_on_a_server_bound_to_loopback(string address, bool? configured, bool allowed)
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
