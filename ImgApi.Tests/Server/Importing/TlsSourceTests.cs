using System.Security.Cryptography.X509Certificates;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>The certificates of sources are verified unless <c>allowInsecure</c> is set, those of file URLs always.</summary>
[TestFixture]
internal sealed class TlsSourceTests : ImportFixture
{
    private X509Certificate2 _certificate = null!;
    private ScriptedServer _secure = null!;

    [SetUp]
    public void StartSecureSource()
    {
        _certificate = Certificates.SelfSigned();
        _secure = new ScriptedServer(exchange => exchange.ForwardAsync(Source.Address), _certificate);
    }

    [TearDown]
    public async Task StopSecureSourceAsync()
    {
        await _secure.DisposeAsync();
        _certificate.Dispose();
    }

    private static Task<TestServer> StartInsecureAsync() => TestServer.StartAsync(configure: configuration =>
        configuration with { Remote = configuration.Remote with { AllowInsecure = true } });

    [Test]
    public async Task A_manifest_is_not_imported_from_a_source_with_an_untrusted_certificate()
    {
        var answer = await Admin.ImportFromAsync(Chain.Base, _secure.Address);
        AssertRefused(answer, 503, "RemoteSourceError");
        Assert.That(answer.Message, Does.Contain("no secure connection: its certificate is not from an authority that this machine trusts"));
        Assert.That(_secure.Requests, Is.Empty);
    }

    [Test]
    public async Task A_job_does_not_import_from_a_source_with_an_untrusted_certificate()
    {
        AssertRefused(await Admin.ImportRemoteAsync(Chain.Base, _secure.Address), 503, "RemoteSourceError");
        Assert.That(_secure.Requests, Is.Empty);
    }

    [Test]
    public async Task A_source_may_have_an_untrusted_certificate_with_allowInsecure()
    {
        await using var server = await StartInsecureAsync();
        var job = await server.Admin.JobEndAsync(await server.Admin.StartJobAsync(Chain.Top, _secure.Address));
        Assert.That(job.ErrorOf(), Is.Empty, job.Text);
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{Chain.Top}/file")).Bytes.SequenceEqual(Chain.FileOf(Chain.Top)), Is.True);
    }

    [Test]
    public async Task A_file_url_may_not_have_an_untrusted_certificate_even_with_allowInsecure()
    {
        await using var server = await StartInsecureAsync();
        var uuid = await server.Admin.CreateAsync();
        var answer = await server.Admin.PostAnswerAsync(
            $"/images/{uuid}/file/from-url?compression=gzip", Requests.Json(new { file_url = $"{_secure.Address}images/{Chain.Top}/file" }));
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith("Error getting image: no secure connection"));
    }
}
