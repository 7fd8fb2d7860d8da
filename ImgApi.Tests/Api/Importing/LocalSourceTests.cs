using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api.Importing;

/// <summary>Callers cannot make the server talk to its own machine where the operator does not want it.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class LocalSourceTests : ImportFixture
{
    private const string Reason = "points at a loopback or link-local address, which this server's configuration does not allow";

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
            Address = System.Net.IPAddress.Parse(address),
            AllowLocalSources = configured,
        };
        Assert.That(configuration.EffectiveRemote.AllowLocal, Is.EqualTo(allowed));
    }
}
