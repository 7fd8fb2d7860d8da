using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>Uploads of a file with curl, as people write the command.</summary>
[TestFixture]
internal sealed class CurlUploadTests
{
    private TemporaryFolder _folder = null!;
    private TestServer _server = null!;
    private string _curl = null!;
    private string _file = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _curl = Tools.Require("curl", "apt-get install curl");
        _folder = new TemporaryFolder();
        _server = await TestServer.StartAsync();
        _file = _folder.Combine("img.gz");
        await File.WriteAllBytesAsync(_file, Samples.Gzip);
    }

    [SetUp]
    public async Task CreateAsync() => _uuid = await _server.Admin.CreateAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _folder.Dispose();
        }
    }

    private async Task<(int Status, JsonElement Body)> CurlAsync(string path, params string[] arguments)
    {
        var (_, output, error) = await Tools.RunAsync(
            _curl, ["-sS", "-u", "admin:secret", "-w", "\n%{http_code}", .. arguments, $"{_server.Address}images/{_uuid}/{path}"]);
        var end = output.LastIndexOf('\n');
        Assert.That(end, Is.Positive, error);
        return (int.Parse(output[end..], System.Globalization.CultureInfo.InvariantCulture), JsonElement.Parse(output[..end]));
    }

    [TestCase("-T", "{0}")]
    [TestCase("-X", "PUT", "--data-binary", "@{0}")]
    public async Task A_file_is_uploaded_as_the_body(params string[] arguments)
    {
        var (status, body) = await CurlAsync("file", [.. arguments.Select(argument => argument.Replace("{0}", _file, StringComparison.Ordinal))]);
        Assert.That(status, Is.EqualTo(200), body.GetRawText());
        Assert.That(body.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("gzip"));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{_uuid}/file")).Bytes, Is.EqualTo(Samples.Gzip));
    }

    [TestCase("file?compression=gzip", "PUT")]
    [TestCase("icon", "POST")]
    public async Task A_form_with_the_file_is_refused_with_the_right_command(string path, string method)
    {
        var (status, body) = await CurlAsync(path, "-X", method, "-F", $"file=@{_file}");
        Assert.That(status, Is.EqualTo(400));
        Assert.That(body.GetProperty("message").GetString(), Does.Contain("curl -T FILE"));
        Assert.That(Directory.GetFiles(Path.Combine(_server.DataFolder, _uuid)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_resumed_upload_is_refused()
    {
        var (status, body) = await CurlAsync("file?compression=none", "-C", "5", "-T", _file);
        Assert.That((status, body.GetProperty("code").GetString()), Is.EqualTo((400, "Upload")));
    }
}
