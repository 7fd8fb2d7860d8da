using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>An upload to a server that is killed meanwhile.</summary>
[TestFixture]
internal sealed class KilledServerTests
{
    [Test]
    public async Task An_upload_that_a_kill_interrupts_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var config = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(
            config, $$"""{"datadir":"{{data}}","port":0,"address":"127.0.0.1","userdb":[{"name":"admin","password":"secret"}]}""");
        string uuid;
        await using (var server = await ServerProcess.StartAsync(config))
        {
            using var client = Client(server);
            uuid = await client.CreateAsync();
            await client.UploadAsync(uuid, [1, 2, 3]);
            using var upload = await BeginUploadAsync(server, uuid);
            await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(data, uuid)).Length == 3);
            await server.KillAsync();
        }

        await using var next = await ServerProcess.StartAsync(config);
        using var again = Client(next);
        Assert.That((await again.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(Directory.GetFiles(Path.Combine(data, uuid)), Has.Length.EqualTo(2));
    }

    private static HttpClient Client(ServerProcess server) => new()
    {
        BaseAddress = server.Address,
        DefaultRequestHeaders = { Authorization = TestServer.Basic(TestServer.User, TestServer.Password) },
    };

    private static async Task<TcpClient> BeginUploadAsync(ServerProcess server, string uuid)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /images/{uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\n"
            + $"Authorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\nContent-Length: 1000000\r\n\r\n0123456789"));
        return connection;
    }
}
