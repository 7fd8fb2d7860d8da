using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Invalid UTF-8 in each part of a request where text is expected.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed class MalformedTextTests
{
    private static readonly byte[][] InvalidUtf8 =
        [[0xff], [0xfe, 0xff], [0xc0, 0x80], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]];

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_a_path_is_refused(byte[] bytes)
    {
        var answer = await RawHttp.SendAsync(_server.Address, "GET", $"/images/{Escaped(bytes)}");
        Assert.That(answer, Does.StartWith("HTTP/1.1 400 ").And.Contain("URI malformed"));
    }

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_a_filter_matches_no_image(byte[] bytes) =>
        Assert.That((await _server.Admin.GetAnswerAsync($"/images?name={Escaped(bytes)}")).Text, Is.EqualTo("[]"));

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_a_marker_is_refused(byte[] bytes) =>
        Assert.That((int)(await _server.Admin.GetAnswerAsync($"/images?marker={Escaped(bytes)}")).Status, Is.EqualTo(422));

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_the_name_of_a_parameter_is_accepted(byte[] bytes) =>
        Assert.That((int)(await _server.Admin.GetAnswerAsync($"/images?{Escaped(bytes)}=x&tag.{Escaped(bytes)}=x")).Status, Is.EqualTo(200));

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_JSON_is_refused(byte[] bytes)
    {
        var body = new ByteArrayContent([.. """{"name":" """u8, .. bytes, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await _server.Admin.PostAnswerAsync("/images", body);
        Assert.That((int)answer.Status, Is.EqualTo(400));
        Assert.That(answer.Code, Is.EqualTo("InvalidContent"));
    }

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_a_header_is_refused_or_ignored(byte[] bytes)
    {
        foreach (var header in (string[])["x-request-id", "accept-version", "If-Match", "Range", "Authorization", "Content-Type", "Expect"])
        {
            var answer = await SendAsync([.. Encoding.ASCII.GetBytes($"GET /images HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}: "), .. bytes, .. "\r\n\r\n"u8]);
            Assert.That(answer, Does.Match("^HTTP/1.1 (200|400|401|417) "), header);
        }
    }

    [TestCaseSource(nameof(InvalidUtf8))]
    public async Task Invalid_UTF8_in_a_request_line_is_refused(byte[] bytes)
    {
        Assert.That(await SendAsync([.. "GET /"u8, .. bytes, .. " HTTP/1.1\r\nHost: x\r\n\r\n"u8]), Does.StartWith("HTTP/1.1 400 "));
        Assert.That(await SendAsync([.. bytes, .. " /ping HTTP/1.1\r\nHost: x\r\n\r\n"u8]), Does.StartWith("HTTP/1.1 400 "));
    }

    [TestCase("\\ud800")]
    [TestCase("\\udc00\\ud800")]
    public async Task An_unpaired_surrogate_in_JSON_is_refused(string escape)
    {
        foreach (var manifest in (string[])[$"{{\"name\":\"{escape}\"}}", $"{{\"{escape}\":1}}", $"{{\"tags\":{{\"{escape}\":[\"{escape}\"]}}}}"])
        {
            var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Json(manifest));
            Assert.That(answer.Code, Is.EqualTo("InvalidContent"), manifest);
        }
    }

    [Test]
    public async Task JSON_in_UTF16_is_refused()
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", new StringContent("{}", Encoding.Unicode, "application/json"));
        Assert.That(answer.Code, Is.EqualTo("InvalidContent"));
    }

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(value => $"%{value:x2}"));

    private async Task<string> SendAsync(byte[] request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_server.Address.Host, _server.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(request);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
