using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ImgApi.Api.Hosting;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>The limits of a process: the size of files, and the number of open files.</summary>
[TestFixture]
[Category("Crash")]
[Category("Slow")]
internal sealed class ProcessLimitTests
{
    private const int MiB = 1024 * 1024;

    private TemporaryFolder _folder = null!;

    private static string Prlimit => Tools.Require("prlimit", "util-linux");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_upload_beyond_the_file_size_limit_of_the_process_is_refused_and_the_server_stays_up(bool announced)
    {
        await using var server = await ServerProcess.StartOnAsync(_folder.Combine("data"));
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, [1, 2, 3]);
        await LimitFileSizeAsync(server, MiB.ToString(CultureInfo.InvariantCulture));

        using var body = new StreamContent(new MemoryStream(new byte[3 * MiB]));
        body.Headers.ContentLength = announced ? 3 * MiB : null;
        var answer = await server.Admin.PutAnswerAsync(
            $"/images/{uuid}/file?compression=gzip", body, announced ? [] : [("Transfer-Encoding", "chunked")]);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.InsufficientStorage, "InsufficientStorage")));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(Directory.GetFiles(_folder.Combine("data", uuid)), Has.Length.EqualTo(2));

        await LimitFileSizeAsync(server, "unlimited");
        await server.Admin.UploadAsync(uuid, new byte[3 * MiB]);
    }

    [TestCase(28)]
    [TestCase(32)]
    [TestCase(48)]
    [TestCase(64)]
    [TestCase(128)]
    [TestCase(192)]
    [TestCase(256)]
    [TestCase(383)]
    public async Task A_start_with_too_few_file_handles_fails_with_one_sentence_and_exit_code_1(int files)
    {
        var configuration = _folder.Write("config.json", $$"""{"datadir":"{{_folder.Combine("data")}}","port":0,"address":"127.0.0.1"}""");
        var (code, _, error) = await Tools.RunAsync(Prlimit, [$"--nofile={files}", "dotnet", ServerProcess.Program, "-s", "-c", configuration]);
        Assert.That(error, Is.EqualTo(
            $"imgapi: {files} files may be open, but the server needs 384: raise the limit (ulimit -n, or LimitNOFILE of systemd)\n"));
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public async Task The_minimum_of_file_handles_is_enough_for_the_minimum_of_connections()
    {
        await using var server = await ServerProcess.StartOnAsync(_folder.Combine("data"), Prlimit, "--nofile=384");
        var uuids = await Task.WhenAll(Enumerable.Range(0, ConnectionLimit.Min).Select(_ => server.Admin.CreateAsync()));
        await Task.WhenAll(uuids.Select(uuid => server.Admin.UploadAsync(uuid, new byte[MiB])));
        Assert.That((await server.Admin.GetAnswerAsync("/swagger/v1/swagger.json")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await server.Admin.ImportRemoteAsync($"{Guid.NewGuid()}", server.Address)).Code, Is.EqualTo("RemoteSourceError"));
    }

    [Test]
    public async Task Connections_without_a_file_handle_are_closed_and_the_others_are_served()
    {
        await using var server = await ServerProcess.StartOnAsync(_folder.Combine("data"), Prlimit, "--nofile=800");
        var crowd = new List<TcpClient>();
        var uuid = await server.Admin.CreateAsync();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                crowd.Add(new TcpClient());
                await crowd[^1].ConnectAsync(server.Address.Host, server.Address.Port);
            }

            Assert.That(await IsServedAsync(crowd[^1]), Is.False);
            await server.Admin.UploadAsync(uuid, new byte[MiB]);
            Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Has.Length.EqualTo(MiB));
        }
        finally
        {
            crowd.ForEach(client => client.Dispose());
        }

        await Eventually.TrueAsync(async () =>
        {
            using var late = new TcpClient();
            await late.ConnectAsync(server.Address.Host, server.Address.Port);
            return await IsServedAsync(late);
        });
    }

    /// <summary>Whether the server answers a ping rather than closing the connection.</summary>
    private static async Task<bool> IsServedAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"));
            return await client.GetStream().ReadAsync(new byte[1]) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sets the soft limit of a running process, so that it can be raised again.</summary>
    private static async Task LimitFileSizeAsync(ServerProcess server, string bytes)
    {
        var (code, _, error) = await Tools.RunAsync(Prlimit, ["--pid", server.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);
        Assert.That(code, Is.Zero, error);
    }
}
