using System.Security.Cryptography.X509Certificates;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Certificates of sources are verified unless the operator says otherwise; those of URLs always.</summary>
[TestFixture]
internal sealed class TlsSourceTests : ImportFixture
{
    private X509Certificate2 _certificate = null!;
    private ScriptedServer _secure = null!;

    [SetUp]
    public void StartSecure()
    {
        _certificate = Certificates.SelfSigned();
        _secure = new ScriptedServer(exchange => exchange.ForwardAsync(Source.Address), _certificate);
    }

    [TearDown]
    public async Task StopSecureAsync()
    {
        await _secure.DisposeAsync();
        _certificate.Dispose();
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        var answer = await Admin.ImportFromAsync(Chain.Base, _secure.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.Contain("no secure connection: its certificate is not from an authority that this machine trusts"));
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Base, _secure.Address), 503, "RemoteSourceError");
        Assert.That(_secure.Requests, Is.Empty);
    }

    [Test]
    public async Task With_allowInsecure_sources_may_have_any_and_urls_may_not()
    {
        await using var server = await TestServer.StartAsync(configure: configuration =>
            configuration with { Remote = configuration.Remote with { AllowInsecure = true } });
        var job = await server.Admin.JobEndAsync(await server.Admin.StartJobAsync(Chain.Top, _secure.Address));
        Assert.That(job.ErrorOf(), Is.Empty, job.Text);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{Chain.Top}/file")).Bytes, Is.EqualTo(Chain.FileOf(Chain.Top)));

        var uuid = await server.Admin.CreateAsync();
        var answer = await server.Admin.PostAnswerAsync(
            $"/images/{uuid}/file/from-url?compression=gzip", Requests.Json(new { file_url = $"{_secure.Address}images/{Chain.Top}/file" }));
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("Error getting image: no secure connection"));
    }
}
