using System.Net.Sockets;
using System.Text;
using ImgApi.Api.Configuration;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ImgApi.Tests.Server.Hosting;

/// <summary>What a stop waits for, on servers whose <c>shutdownSeconds</c> is a day.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class StopTests
{
    private const int Readers = 8;

    private const int MiB = 1024 * 1024;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(_folder.Write("config.json", $$"""
        {"datadir":"data","port":0,"address":"127.0.0.1","shutdownSeconds":86400,"userdb":[{"name":"{{TestServer.User}}","password":"{{TestServer.Password}}"}]}
        """));

    [Test]
    [Platform("Linux", Reason = "signals")]
    public async Task A_terminated_server_exits_with_code_0()
    {
        await using var server = await StartAsync();
        Assert.That(await server.TerminateAsync(), Is.Zero);
    }

    [TestCase("")]
    [TestCase("GET /pi")]
    [TestCase("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("GET /ping HTTP/1.1\r\nHost: x\r\n\r\nGET /ping HTTP/1.1\r\nHo")]
    public async Task A_stop_does_not_wait_for_a_request_that_has_not_arrived_whole(string sent)
    {
        await using var server = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(sent));
        await server.Admin.GetAnswerAsync("/ping");
        Assert.That(await server.TerminateAsync(), Is.Zero);
        using var reader = new StreamReader(client.GetStream());
        Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain("408"), "the server waited until the request timed out");
    }

    [Test]
    public async Task A_stop_waits_for_a_running_download()
    {
        await using var server = await StartAsync();
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, new byte[64 * MiB]);
        using var download = await server.Admin.GetAsync($"/images/{uuid}/file", HttpCompletionOption.ResponseHeadersRead);
        var stopped = server.TerminateAsync();
        await ClosedAsync(server);
        Assert.That(await download.Content.ReadAsByteArrayAsync(), Has.Length.EqualTo(64 * MiB));
        Assert.That(await stopped, Is.Zero);
    }

    [Test]
    public async Task A_stop_cuts_no_answer_that_has_begun()
    {
        await using var server = await StartAsync();
        var acl = Enumerable.Range(0, 9000).Select(number => new Guid(number, 0, 0, new byte[8])).ToArray();
        for (var i = 0; i < 20; i++)
        {
            await server.Admin.PublishAsync(("acl", acl));
        }

        using var started = new CountdownEvent(Readers);
        var readers = Enumerable.Range(0, Readers).Select(_ => ReadUntilStoppedAsync(server, started)).ToArray();
        started.Wait();
        Assert.That(await server.TerminateAsync(), Is.Zero);
        await Task.WhenAll(readers); // throws if an answer was cut
    }

    [TestCase("", 30)]
    [TestCase(",\"shutdownSeconds\":0", 0)]
    [TestCase(",\"shutdownSeconds\":7", 7)]
    public async Task A_stop_waits_as_long_as_shutdownSeconds_says(string key, int seconds)
    {
        var file = _folder.Write("config.json", $$"""{"datadir":"x","port":0,"address":"127.0.0.1"{{key}}}""");
        await using var app = await ServerHost.StartAsync(ConfigurationFile.Read(file));
        Assert.That(app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    /// <summary>Reads a list of 8 MB again and again until the server takes no more requests.</summary>
    private static async Task ReadUntilStoppedAsync(ServerProcess server, CountdownEvent started)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        for (var i = 0; ; i++)
        {
            HttpResponseMessage answer;
            try
            {
                answer = await client.GetAsync("/images", HttpCompletionOption.ResponseHeadersRead);
            }
            catch (HttpRequestException)
            {
                return;
            }

            using (answer)
            {
                await answer.Content.ReadAsByteArrayAsync();
            }

            if (i == 1)
            {
                started.Signal();
            }
        }
    }

    /// <summary>Waits until the server takes no more connections.</summary>
    private static Task ClosedAsync(ServerProcess server) => Eventually.TrueAsync(async () =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Address.Host, server.Address.Port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    });
}
