using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class FileChecks() : ContractFixture(ServerMode.Mixed)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

#pragma warning disable CA5350, CA5351
    private static readonly string Sha1 = Convert.ToHexStringLower(SHA1.HashData(Content));
    private static readonly string Md5 = Convert.ToBase64String(MD5.HashData(Content));
#pragma warning restore CA5350, CA5351

    private string[] FilesOf(string uuid) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(Server.DataFolder, uuid)).Select(path => Path.GetFileName(path)!).Order()];

    private Task<Answer> PutAsync(string uuid, string query, byte[]? bytes = null) =>
        Admin.PutAnswerAsync($"/images/{uuid}/file?{query}", Requests.Bytes(bytes ?? Content));

    [Test]
    public async Task Check_096_compression_is_required_and_one_of_four()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await PutAsync(uuid, ""), 422, "InvalidParameter", "compression:Missing");
        var bad = await PutAsync(uuid, "compression=zip");
        AssertRefused(bad, 422, "InvalidParameter", "compression:Invalid");
        Assert.That(bad.Message, Is.EqualTo("invalid compression \"zip\" (must be one of gzip, bzip2, xz, none)"));
    }

    [Test]
    public async Task Check_097_an_upload_is_recorded()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, $"compression=gzip&sha1={Sha1}&dataset_guid=123");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files").GetRawText().Replace(" ", "").Replace("\n", ""), Is.EqualTo(
            $"[{{\"sha1\":\"{Sha1}\",\"size\":300000,\"compression\":\"gzip\",\"dataset_guid\":\"123\"}}]"));
    }

    [Test]
    public async Task Check_098_a_wrong_sha1_changes_nothing()
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip");
        var before = FilesOf(uuid);
        var wrong = new string('0', 40);
        var answer = await PutAsync(uuid, $"compression=gzip&sha1={wrong}", [1, 2, 3]);
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Does.StartWith($"\"sha1\" hash, {wrong}, does not match the uploaded file sha1 hash, "));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Content));
        Assert.That(FilesOf(uuid), Is.EqualTo(before));
    }

    [Test]
    public async Task Check_099_an_empty_file_is_refused() =>
        AssertRefused(await PutAsync(await Admin.CreateAsync(), "compression=gzip", []), 400, "Download");

    [Test]
    public async Task Check_100_a_file_that_is_announced_too_big_is_refused_before_its_body()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await RawHttp.SendAsync(
            Server.Address,
            $"PUT /images/{uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic("admin", "secret")}\r\n"
            + "Content-Length: 21474836481\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 400").And.Contain("\"code\": \"Upload\"").And.Contain(
            "image file size 21474836481 (from Content-Length) exceeds the maximum allowed size, 20 GiB"));
    }

    [Test]
    public async Task Check_100_a_file_that_turns_out_too_big_is_refused_and_leaves_nothing()
    {
        await using var small = await TestServer.StartAsync(maxFileSize: 1000);
        var uuid = await small.Admin.CreateAsync();
        using var chunked = new StreamContent(new MemoryStream(Content));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/images/{uuid}/file?compression=gzip") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        var answer = await Answer.ReadAsync(await small.Admin.SendAsync(request));
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo("image file size exceeds the maximum allowed size, 1000 B"));
        Assert.That(Directory.GetFiles(Path.Combine(small.DataFolder, uuid)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Check_101_a_chunked_upload_is_accepted()
    {
        var uuid = await Admin.CreateAsync();
        using var chunked = new StreamContent(new MemoryStream(Content));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/images/{uuid}/file?compression=xz") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        var answer = await Answer.ReadAsync(await Admin.SendAsync(request));
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("sha1").GetString(), Is.EqualTo(Sha1));
    }

    [Test]
    public async Task Check_102_a_semicolon_separates_parameters()
    {
        var answer = await PutAsync(await Admin.CreateAsync(), $"sha1={Sha1};compression=gzip");
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo("gzip"));
    }

    [Test]
    public async Task Check_103_storage_is_checked()
    {
        var uuid = await Admin.CreateAsync(("owner", AccountA));
        AssertRefused(await PutAsync(uuid, "compression=gzip&storage=foo"), 422, "InvalidParameter", "storage:Invalid");
        AssertRefused(
            await PutAsync(uuid, $"compression=gzip&storage=local&account={AccountA}"), 422, "InvalidParameter", "storage:NotAllowed");
    }

    [Test]
    public async Task Check_104_and_105_a_file_can_be_replaced_until_activation()
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip", [1, 2, 3]);
        AssertImage(await PutAsync(uuid, "compression=none"));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Content));
        Assert.That(FilesOf(uuid), Has.Length.EqualTo(2));
        await Admin.ActAsync(uuid, "activate");
        AssertRefused(await PutAsync(uuid, "compression=gzip"), 422, "ImageFilesImmutable");
    }

    [Test]
    public async Task Check_106_an_upload_to_an_unknown_image_is_not_found() =>
        AssertNotFound(await PutAsync(UnknownUuid, "compression=gzip"), $"image {UnknownUuid} not found");

    [Test]
    public async Task Check_107_a_connection_cut_in_mid_upload_leaves_nothing()
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip", [1, 2, 3]);
        var before = FilesOf(uuid);
        using (var connection = new System.Net.Sockets.TcpClient())
        {
            await connection.ConnectAsync(Server.Address.Host, Server.Address.Port);
            await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                $"PUT /images/{uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic("admin", "secret")}\r\n"
                + "Content-Length: 1000000\r\n\r\n0123456789"));
            await Eventually.TrueAsync(() => FilesOf(uuid).Length > before.Length);
        }

        await Eventually.TrueAsync(() => FilesOf(uuid).SequenceEqual(before));
        Assert.That((await Anonymous.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task Check_108_a_download_is_what_was_uploaded()
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip");
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}/file", ("accept", "application/json"), ("Accept-Encoding", "gzip"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Bytes, Is.EqualTo(Content));
            Assert.That(answer.Header("Etag"), Is.EqualTo(Sha1));
            Assert.That(answer.Header("Content-MD5"), Is.EqualTo(Md5));
            Assert.That(answer.Header("Content-Length"), Is.EqualTo("300000"));
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/octet-stream"));
            Assert.That(answer.Header("Content-Encoding"), Is.Null);
            Assert.That(answer.Header("Last-Modified"), Does.EndWith(" GMT"));
        });
    }

    [Test]
    public async Task Check_109_an_image_without_file()
    {
        var uuid = await Admin.CreateAsync();
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}/file"), $"image \"{uuid}\" has no file");
        await PutAsync(uuid, "compression=gzip");
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}/file?index=1"), $"image \"{uuid}\" has no file at index 1");
        Assert.That((int)(await Anonymous.GetAnswerAsync($"/images/{uuid}/file?index=junk")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Check_110_and_111_conditional_downloads()
    {
        var uuid = await Admin.CreateAsync();
        var manifest = (await PutAsync(uuid, "compression=gzip")).Header("Etag")!;
        var url = $"/images/{uuid}/file";
        foreach (var tag in new[] { Sha1, $"\"{Sha1}\"", $"W/\"{Sha1}\"", $"foo, {Sha1}", manifest, "*" })
        {
            var answer = await Anonymous.GetAnswerAsync(url, ("If-None-Match", tag));
            Assert.That((int)answer.Status, Is.EqualTo(304), tag);
            Assert.That(answer.Bytes, Is.Empty);
            Assert.That(answer.Header("Etag"), Is.EqualTo(Sha1));
        }

        Assert.That((int)(await Anonymous.GetAnswerAsync(url, ("If-None-Match", "foo"))).Status, Is.EqualTo(200));
        Assert.That((int)(await Anonymous.GetAnswerAsync(url, ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"))).Status, Is.EqualTo(304));
        AssertRefused(await Anonymous.GetAnswerAsync(url, ("If-Match", "foo")), 412, "PreconditionFailed");
        AssertRefused(
            await Anonymous.GetAnswerAsync(url, ("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")), 412, "PreconditionFailed");
    }

    [TestCase("bytes=0-0", 0, 1)]
    [TestCase("bytes=100-199", 100, 100)]
    [TestCase("bytes=299990-", 299990, 10)]
    [TestCase("bytes=-10", 299990, 10)]
    [TestCase("bytes=5-99999999999", 5, 299995)]
    [TestCase("bytes=5-9223372036854775807", 5, 299995)]
    public async Task A_single_range_is_sent_alone(string range, int offset, int count)
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip");
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}/file", ("Range", range), ("If-Range", $"\"{Sha1}\""));
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(206));
            Assert.That(answer.Bytes, Is.EqualTo(Content.AsSpan(offset, count).ToArray()));
            Assert.That(answer.Header("Content-Range"), Is.EqualTo($"bytes {offset}-{offset + count - 1}/300000"));
            Assert.That(answer.Header("Content-MD5"), Is.Null);
        });
    }

    [TestCase("bytes=5-6", "other")]
    [TestCase("bytes=5-6", "Sat, 01 Jan 2000 00:00:00 GMT")]
    [TestCase("bytes=0-1,5-6", null)]
    [TestCase("bytes=junk", null)]
    [TestCase("lines=1-2", null)]
    public async Task Without_a_usable_range_the_whole_is_sent(string range, string? ifRange)
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip");
        var answer = await Anonymous.GetAnswerAsync(
            $"/images/{uuid}/file", [("Range", range), .. ifRange is null ? [] : new[] { ("If-Range", ifRange) }]);
        Assert.That((int)answer.Status, Is.EqualTo(200));
        Assert.That(answer.Bytes, Is.EqualTo(Content));
    }

    [TestCase("bytes=300000-")]
    [TestCase("bytes=-0")]
    public async Task A_range_outside_the_file_is_refused(string range)
    {
        var uuid = await Admin.CreateAsync();
        await PutAsync(uuid, "compression=gzip");
        var answer = await Anonymous.GetAnswerAsync($"/images/{uuid}/file", ("Range", range));
        AssertRefused(answer, 416, "RangeNotSatisfiable");
        Assert.That(answer.Header("Content-Range"), Is.EqualTo("bytes */300000"));
    }

    [Test]
    public async Task Check_115_an_icon_has_one_of_three_types()
    {
        var uuid = await Admin.CreateAsync();
        foreach (var type in new[] { "image/bmp", "image/png; charset=x", null })
        {
            var answer = await Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes([1], type));
            AssertRefused(answer, 400, "Upload");
            Assert.That(answer.Message, Is.EqualTo(
                $"invalid content-type, {type ?? "undefined"}, must be one of image/jpeg, image/gif, image/png"));
        }
    }

    [Test]
    public async Task Check_116_an_icon_has_at_most_128_kib()
    {
        var uuid = await Admin.CreateAsync();
        AssertImage(await PutIconAsync(uuid, new byte[131072]));
        var answer = await PutIconAsync(uuid, new byte[131073]);
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo("icon size 131073 (from Content-Length) exceeds the maximum allowed size, 128 KiB"));
        AssertRefused(await PutIconAsync(uuid, []), 400, "Upload");
    }

    [Test]
    public async Task Check_117_118_and_119_an_icon_comes_and_goes_on_an_active_image()
    {
        var uuid = await Admin.PublishAsync();
        var url = $"/images/{uuid}/icon";
        AssertNotFound(await Anonymous.GetAnswerAsync(url), $"image \"{uuid}\" has no icon");
        Assert.That((await PutIconAsync(uuid, Content[..1000])).Json.GetProperty("icon").GetBoolean(), Is.True);
        AssertImage(await Admin.PostAnswerAsync(url, Requests.Bytes(Content[..500], "image/gif")));
        var icon = await Anonymous.GetAnswerAsync(url);
        Assert.Multiple(() =>
        {
            Assert.That(icon.Bytes, Is.EqualTo(Content[..500]));
            Assert.That(icon.Header("Content-Type"), Is.EqualTo("image/gif"));
            Assert.That(icon.Header("Content-MD5"), Is.Not.Null);
            Assert.That(icon.Header("Etag"), Does.Match("^[0-9a-f]{40}$"));
        });
        var without = await Admin.DeleteAnswerAsync(url);
        AssertImage(without);
        Assert.That(without.Keys, Does.Not.Contain("icon"));
        AssertNotFound(await Admin.DeleteAnswerAsync(url), $"image \"{uuid}\" has no icon");
        Assert.That(FilesOf(uuid), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_wrong_sha1_of_an_icon_is_refused()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(
            await Admin.PutAnswerAsync($"/images/{uuid}/icon?sha1={new string('0', 40)}", Requests.Bytes([1], "image/png")), 400, "Upload");
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{uuid}/icon"));
    }

    private Task<Answer> PutIconAsync(string uuid, byte[] bytes) =>
        Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(bytes, "image/png"));
}
