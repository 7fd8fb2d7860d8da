using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary><c>Expect: 100-continue</c>: a client that waits gets 100 at once, or the refusal before it sends the body (contract 1.8).</summary>
[TestFixture]
internal sealed class ExpectationTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static string Credentials => $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";

    /// <summary>Sends the headers of an upload that waits, and returns the first line of the answer.</summary>
    private async Task<string?> FirstLineAsync(string uuid, string query, string headers, Func<StreamReader, Stream, Task>? then = null)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_server.Address.Host, _server.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /images/{uuid}/file?{query} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync();
        if (then is not null)
        {
            await then(reader, stream);
        }

        return line;
    }

    [Test]
    public async Task A_valid_upload_gets_100_before_the_body()
    {
        var uuid = await _server.Admin.CreateAsync();
        string? final = null;
        var first = await FirstLineAsync(uuid, "compression=gzip", Credentials, async (reader, stream) =>
        {
            await reader.ReadLineAsync();
            await stream.WriteAsync("abc"u8.ToArray());
            final = await reader.ReadLineAsync();
        });
        Assert.That(first, Is.EqualTo("HTTP/1.1 100 Continue"));
        Assert.That(final, Is.EqualTo("HTTP/1.1 200 OK"));
    }

    [TestCase("compression=gzip", false, "401")]
    [TestCase("compression=zip", true, "422")]
    public async Task An_upload_without_credentials_or_with_an_invalid_query_is_refused_before_the_body(string query, bool authorized, string status)
    {
        var uuid = await _server.Admin.CreateAsync();
        Assert.That(await FirstLineAsync(uuid, query, authorized ? Credentials : ""), Does.StartWith($"HTTP/1.1 {status} "));
    }

    [Test]
    public async Task An_upload_to_an_active_image_is_refused_before_the_body() => Assert.That(
        await FirstLineAsync(await _server.Admin.PublishAsync(), "compression=gzip", Credentials), Does.StartWith("HTTP/1.1 422 "));

    [Test]
    public async Task An_upload_to_an_unknown_image_is_refused_before_the_body() => Assert.That(
        await FirstLineAsync("00000000-0000-4000-8000-000000000000", "compression=gzip", Credentials), Does.StartWith("HTTP/1.1 404 "));
}
