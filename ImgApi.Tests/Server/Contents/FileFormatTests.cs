using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>The format that a file's first bytes have, against what the request says.</summary>
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
    public async Task Bytes_of_another_known_format_are_refused(string sample, string compression, string message)
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
    public async Task Bytes_that_fit_or_are_of_no_known_format_are_taken(string sample, string compression) =>
        AssertImage(await PutAsync(await Admin.CreateAsync(), $"compression={compression}", Samples.Of(sample)));

    [TestCase("docker")]
    [TestCase("lxd")]
    [TestCase("other")]
    public async Task Zstd_is_taken_without_compression_where_it_is_not_for_zfs(string type) =>
        AssertImage(await PutAsync(await Admin.CreateAsync(("type", type)), "compression=none", Samples.Zstd));

    [TestCase("Gzip", "gzip")]
    [TestCase("Bzip2", "bzip2")]
    [TestCase("Xz", "xz")]
    [TestCase("Tar", "none")]
    [TestCase("ZfsStream", "none")]
    public async Task The_compression_is_told_by_the_bytes_where_the_request_is_silent(string sample, string compression)
    {
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, "", Samples.Of(sample));
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("files")[0].GetProperty("compression").GetString(), Is.EqualTo(compression));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Samples.Of(sample)));
    }

    [Test]
    public async Task A_large_file_whose_compression_is_told_by_its_bytes_is_kept_whole()
    {
        var noise = new byte[3_000_000];
        Random.Shared.NextBytes(noise);
        var file = Samples.Compress(noise);
        var uuid = await Admin.CreateAsync();
        var answer = await PutAsync(uuid, $"sha1={ImageChain.Sha1(file)}", file);
        AssertImage(answer);
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(file));
    }

    [Test]
    public async Task A_silent_request_with_bytes_that_tell_nothing_is_refused()
    {
        var uuid = await Admin.CreateAsync();
        AssertRefused(await PutAsync(uuid, "", Samples.Text), 422, "InvalidParameter", "compression:Missing");
        AssertRefused(await PutAsync(uuid, "", []), 400, "Download");
        await AssertNothingKeptAsync(uuid);
    }

    [TestCase("Png", "image/jpeg", "the icon is a PNG picture, not image/jpeg as its content type says: send Content-Type: image/png")]
    [TestCase("Jpeg", "image/gif", "the icon is a JPEG picture, not image/gif as its content type says: send Content-Type: image/jpeg")]
    [TestCase("Gif", "image/png", "the icon is a GIF picture, not image/png as its content type says: send Content-Type: image/gif")]
    [TestCase("Gzip", "image/png", "the icon is gzip, not image/png as its content type says")]
    public async Task An_icon_of_another_known_format_is_refused(string sample, string type, string message)
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
    public async Task An_icon_that_fits_or_is_of_no_known_format_is_taken(string sample, string type) => AssertImage(
        await Admin.PutAnswerAsync($"/images/{await Admin.CreateAsync()}/icon", Requests.Bytes(Samples.Of(sample), type)));
}
