using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Uploads that are refused (contract 5.10).</summary>
[TestFixture]
internal sealed class FileRefusalChecks : FileFixture
{
    [TestCase("", "compression:Missing")]
    [TestCase("compression=zip", "compression:Invalid")]
    [TestCase("compression=gzip&storage=foo", "storage:Invalid")]
    [Check(96, 103)]
    public async Task A_missing_or_unknown_parameter_is_refused(string query, string error) =>
        AssertRefused(await PutFileAsync(await Admin.CreateAsync(), query), 422, "InvalidParameter", error);

    [Test]
    [Check(96)]
    public async Task The_message_about_a_compression_lists_the_known_ones() =>
        Assert.That(
            (await PutFileAsync(await Admin.CreateAsync(), "compression=zip")).Message,
            Is.EqualTo("invalid compression \"zip\" (must be one of gzip, bzip2, xz, none)"));

    [Test]
    [Check(103)]
    public async Task An_account_cannot_choose_the_storage()
    {
        var uuid = await Admin.CreateAsync(("owner", AccountA));
        AssertRefused(
            await PutFileAsync(uuid, $"compression=gzip&storage=local&account={AccountA}"), 422, "InvalidParameter", "storage:NotAllowed");
    }

    [Test]
    [Check(99)]
    public async Task An_empty_file_is_refused() =>
        AssertRefused(await PutFileAsync(await Admin.CreateAsync(), "compression=gzip", []), 400, "Download");

    [Test]
    [Check(100)]
    public async Task A_file_whose_announced_length_is_too_big_is_refused_before_its_body()
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
    [Check(100)]
    public async Task A_chunked_file_above_the_limit_is_refused_and_leaves_nothing()
    {
        await using var small = await TestServer.StartAsync(maxFileSize: 1000);
        var uuid = await small.Admin.CreateAsync();
        var answer = await PutChunkedAsync(small.Admin, uuid, "gzip");
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo("image file size exceeds the maximum allowed size, 1000 B"));
        Assert.That(Directory.GetFiles(Path.Combine(small.DataFolder, uuid)), Has.Length.EqualTo(1), "the manifest");
    }

    [Test]
    [Check(105)]
    public async Task The_file_of_an_active_image_cannot_be_replaced() =>
        AssertRefused(await PutFileAsync(await Admin.PublishAsync(), "compression=gzip"), 422, "ImageFilesImmutable");

    [Test]
    [Check(106)]
    public async Task An_upload_to_an_unknown_image_is_not_found() =>
        AssertNotFound(await PutFileAsync(UnknownUuid, "compression=gzip"), $"image {UnknownUuid} not found");
}
