using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Monitoring;

/// <summary>The figures of <c>/metrics</c> about downloads and uploads of image files.</summary>
[TestFixture]
internal sealed class TransferMetricsTests
{
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private Task AwaitAsync(params string[] lines) => Eventually.TrueAsync(async () =>
    {
        var text = (await _server.Anonymous.GetAnswerAsync("/metrics")).Text;
        return lines.All(line => text.Contains($"\n{line}\n", StringComparison.Ordinal));
    });

    [Test]
    public async Task A_complete_upload_is_counted_with_its_bytes()
    {
        await _server.Admin.UploadAsync(await _server.Admin.CreateAsync());
        await AwaitAsync(
            "imgapi_transfers_total{direction=\"upload\",outcome=\"complete\"} 1", "imgapi_transfers_total{direction=\"upload\",outcome=\"cut\"} 0",
            "imgapi_transferred_bytes_total{direction=\"upload\"} 4", "imgapi_transfers_running{direction=\"upload\"} 0");
    }

    [Test]
    public async Task An_upload_without_announced_length_is_complete_at_its_end()
    {
        var uuid = await _server.Admin.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/images/{uuid}/file?compression=none") { Content = new ByteArrayContent([1, 2]) };
        request.Headers.TransferEncodingChunked = true;
        await _server.Admin.SendAsync(request);
        await AwaitAsync("imgapi_transfers_total{direction=\"upload\",outcome=\"complete\"} 1");
    }

    [Test]
    public async Task A_complete_download_is_counted_with_its_bytes()
    {
        var uuid = await _server.Admin.PublishAsync();
        await _server.Anonymous.GetAnswerAsync($"/images/{uuid}/file");
        await AwaitAsync("imgapi_transfers_total{direction=\"download\",outcome=\"complete\"} 1", "imgapi_transferred_bytes_total{direction=\"download\"} 4");
    }

    [Test]
    public async Task A_running_upload_is_counted_until_it_is_cut()
    {
        var uuid = await _server.Admin.CreateAsync();
        using (var client = new TcpClient(_server.Address.Host, _server.Address.Port))
        {
            var credentials = TestServer.Basic(TestServer.User, TestServer.Password);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT /images/{uuid}/file?compression=none HTTP/1.1\r\nHost: x\r\nAuthorization: {credentials}\r\nContent-Length: 9\r\n\r\nabc"));
            await AwaitAsync("imgapi_transfers_running{direction=\"upload\"} 1", "imgapi_transferred_bytes_total{direction=\"upload\"} 3");
        }

        await AwaitAsync("imgapi_transfers_total{direction=\"upload\",outcome=\"cut\"} 1", "imgapi_transfers_running{direction=\"upload\"} 0");
    }

    [Test]
    public async Task A_download_whose_client_leaves_is_cut()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.UploadAsync(uuid, new byte[64 * 1024 * 1024], "compression=none");
        using (var client = new TcpClient(_server.Address.Host, _server.Address.Port))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /images/{uuid}/file HTTP/1.1\r\nHost: x\r\n\r\n"));
            await AwaitAsync("imgapi_transfers_running{direction=\"download\"} 1");
        }

        await AwaitAsync("imgapi_transfers_total{direction=\"download\",outcome=\"cut\"} 1");
    }
}
