using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>Uploads whose first bytes are of another format than the request declares.</summary>
[TestFixture]
internal sealed class FileFormatTests() : ContractFixture(ServerMode.Mixed)
{
    private Task<Answer> PutAsync(string uuid, string query, byte[] bytes) =>
        Admin.PutAnswerAsync($"/images/{uuid}/file?{query}", Requests.Bytes(bytes));

    private async Task AssertNothingKeptAsync(string uuid)
    {
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Select(Path.GetFileName), Is.EqualTo(new[] { "manifest.json" }));
    }

    [TestCase("Bzip2", "gzip", "the file is bzip2, not \"gzip\" as its compression says: send compression=bzip2")]
    [TestCase("Gzip", "none", "the file is gzip, not \"none\" as its compression says: send compression=gzip")]
    [TestCase("Gzip", "xz", "the file is gzip, not \"xz\" as its compression says: send compression=gzip")]
    [TestCase("Xz", "bzip2", "the file is xz, not \"bzip2\" as its compression says: send compression=xz")]
    [TestCase("Tar", "gzip", "the file is a tar archive, not \"gzip\" as its compression says: send compression=none")]
    [TestCase("ZfsStream", "gzip", "the file is a ZFS send stream, not \"gzip\" as its compression says: send compression=none")]
    [TestCase("Zstd", "gzip", "the file is zstd, not \"gzip\" as its compression says: zstd cannot be installed, compress the file with gzip, bzip2 or xz instead")]
    [TestCase("Zstd", "none", "the file is zstd, not \"none\" as its compression says: zstd cannot be installed, compress the file with gzip, bzip2 or xz instead")]
    public async Task A_file_of_another_known_format_than_declared_is_refused(string sample, string compression, string message)
    {
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, $"compression={compression}", Samples.Of(sample));
        AssertRefused(answer, 400, "Download");
        Assert.That(answer.Message, Is.EqualTo(message));
        await AssertNothingKeptAsync(uuid);
    }

    [TestCase("Gzip", "gzip")]
    [TestCase("Bzip2", "bzip2")]
    [TestCase("Xz", "xz")]
    [TestCase("Tar", "none")]
    [TestCase("ZfsStream", "none")]
    [TestCase("Text", "gzip")]
    [TestCase("Text", "none")]
    public async Task A_file_of_the_declared_or_of_an_unknown_format_is_accepted(string sample, string compression) =>
        AssertImage(await PutAsync(await Admin.CreateAsync(), $"compression={compression}", Samples.Of(sample)));

    [TestCase("docker")]
    [TestCase("lxd")]
    [TestCase("other")]
    public async Task A_zstd_file_is_accepted_as_uncompressed_for_types_without_zfs(string type) =>
        AssertImage(await PutAsync(await Admin.CreateAsync(("type", type)), "compression=none", Samples.Zstd));

    [TestCase("Gzip", "gzip")]
    [TestCase("Bzip2", "bzip2")]
    [TestCase("Xz", "xz")]
    [TestCase("Tar", "none")]
    [TestCase("ZfsStream", "none")]
    public async Task A_missing_compression_is_detected_from_the_file(string sample, string compression)
    {
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, "", Samples.Of(sample));
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo(compression));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Samples.Of(sample)));
    }

    [Test]
    public async Task A_large_file_with_detected_compression_is_stored_unchanged()
    {
        var noise = new byte[3_000_000];
        Random.Shared.NextBytes(noise);
        var file = Samples.Compress(noise);
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, $"sha1={ImageChain.Sha1(file)}", file);
        AssertImage(answer);
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(file), Is.True);
    }

    [Test]
    public async Task A_file_of_an_unknown_format_without_declared_compression_is_refused()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await PutAsync(uuid, "", Samples.Text), 422, "InvalidParameter", "compression:Missing");
        await AssertNothingKeptAsync(uuid);
    }

    [Test]
    public async Task An_empty_file_without_declared_compression_is_refused()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await PutAsync(uuid, "", []), 400, "Download");
        await AssertNothingKeptAsync(uuid);
    }

    [TestCase("Png", "image/jpeg", "the icon is a PNG picture, not image/jpeg as its content type says: send Content-Type: image/png")]
    [TestCase("Jpeg", "image/gif", "the icon is a JPEG picture, not image/gif as its content type says: send Content-Type: image/jpeg")]
    [TestCase("Gif", "image/png", "the icon is a GIF picture, not image/png as its content type says: send Content-Type: image/gif")]
    [TestCase("Gzip", "image/png", "the icon is gzip, not image/png as its content type says")]
    public async Task An_icon_of_another_known_format_than_declared_is_refused(string sample, string type, string message)
    {
        var uuid = await Admin.CreateAsync();
        var answer = await Admin.PostAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Samples.Of(sample), type));
        AssertRefused(answer, 400, "Upload");
        Assert.That(answer.Message, Is.EqualTo(message));
        await AssertNothingKeptAsync(uuid);
    }

    [TestCase("Png", "image/png")]
    [TestCase("Jpeg", "image/jpeg")]
    [TestCase("Gif", "image/gif")]
    [TestCase("Text", "image/png")]
    public async Task An_icon_of_the_declared_or_of_an_unknown_format_is_accepted(string sample, string type) => AssertImage(
        await Admin.PutAnswerAsync($"/images/{await Admin.CreateAsync()}/icon", Requests.Bytes(Samples.Of(sample), type)));
}
