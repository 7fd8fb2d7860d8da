using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Uploads that succeed, and the file that remains after others (contract 5.10).</summary>
[TestFixture]
internal sealed class FileUploadChecks : FileFixture
{
    [Test]
    [Check(97)]
    public async Task An_upload_is_recorded_in_the_manifest()
    {
        var answer = await PutFileAsync(await Admin.CreateAsync(), $"compression=gzip&sha1={Sha1}&dataset_guid=123");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files").GetRawText().Replace(" ", "").Replace("\n", ""), Is.EqualTo(
            $"[{{\"sha1\":\"{Sha1}\",\"size\":300000,\"compression\":\"gzip\",\"dataset_guid\":\"123\"}}]"));
    }

    [Test]
    [Check(101)]
    public async Task A_chunked_upload_is_accepted()
    {
        var answer = await PutChunkedAsync(Admin, await Admin.CreateAsync(), "xz");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("sha1").GetString(), Is.EqualTo(Sha1));
    }

    [Test]
    [Check(102)]
    public async Task A_semicolon_separates_parameters()
    {
        var answer = await PutFileAsync(await Admin.CreateAsync(), $"sha1={Sha1};compression=gzip");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("gzip"));
    }

    [Test]
    [Check(104)]
    public async Task A_second_upload_before_the_activation_replaces_the_file()
    {
        var uuid = await Admin.CreateAsync();
        await PutFileAsync(uuid, "compression=gzip", [1, 2, 3]);
        AssertImage(await PutFileAsync(uuid, "compression=none"));
        Assert.That((await GetFileAsync(uuid)).Bytes.SequenceEqual(Content), Is.True);
        Assert.That(FilesOf(uuid), Has.Length.EqualTo(2), "the manifest and one file");
    }

    [Test]
    [Check(98)]
    public async Task An_upload_with_a_wrong_sha1_keeps_the_earlier_file()
    {
        var uuid = await Admin.CreateAsync();
        await PutFileAsync(uuid, "compression=gzip");
        var before = FilesOf(uuid);
        var wrong = new string('0', 40);
        var answer = await PutFileAsync(uuid, $"compression=gzip&sha1={wrong}", [1, 2, 3]);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith($"\"sha1\" hash, {wrong}, does not match the uploaded file sha1 hash, "));
        Assert.That((await GetFileAsync(uuid)).Bytes.SequenceEqual(Content), Is.True);
        Assert.That(FilesOf(uuid), Is.EqualTo(before));
    }

    [Test]
    [Check(107)]
    public async Task An_interrupted_upload_keeps_the_earlier_file()
    {
        var uuid = await Admin.CreateAsync();
        await PutFileAsync(uuid, "compression=gzip", [1, 2, 3]);
        var before = FilesOf(uuid);
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(Server.Address.Host, Server.Address.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT /images/{uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic("admin", "secret")}\r\n"
                + "Content-Length: 1000000\r\n\r\n0123456789"));
            await Eventually.TrueAsync(() => FilesOf(uuid).Length > before.Length);
        }

        await Eventually.TrueAsync(() => FilesOf(uuid).SequenceEqual(before));
        Assert.That((await GetFileAsync(uuid)).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }
}
