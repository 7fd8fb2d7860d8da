using System.Net;
using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>The extension <c>checksum</c> of the tus protocol.</summary>
[TestFixture]
internal sealed class UploadChecksumTests : UploadFixture
{
#pragma warning disable CA5350 // The checksum of the protocol.
    private static string Checksum(byte[] bytes) => Convert.ToBase64String(SHA1.HashData(bytes));
#pragma warning restore CA5350

    [Test]
    public async Task A_part_whose_checksum_matches_is_kept()
    {
        var upload = await ResumableUpload.BeginAsync(Server.Admin, Image, Bytes.Length);
        var answer = await upload.AppendAsync(0, Bytes, ("Upload-Checksum", $"sha1 {Checksum(Bytes)}"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NoContent));
        await AssertStoredAsync();
    }

    [Test]
    public async Task A_part_whose_checksum_does_not_match_is_removed_again()
    {
        var upload = await ResumableUpload.BeginAsync(Server.Admin, Image, Bytes.Length);
        await upload.AppendAsync(0, Bytes[..500]);
        var answer = await upload.AppendAsync(500, new byte[100], ("Upload-Checksum", $"sha1 {Checksum(Bytes)}"));
        Assert.That(((int)answer.Status, answer.Code, await upload.OffsetAsync()), Is.EqualTo((460, "ChecksumMismatch", 500)));
        await upload.AppendAsync(500, Bytes[500..]);
        await AssertStoredAsync();
    }

    [Test]
    public async Task A_first_part_that_was_damaged_on_the_way_does_not_cost_the_upload()
    {
        var upload = await ResumableUpload.BeginAsync(Server.Admin, Image, Bytes.Length, "compression=gzip");
        var answer = await upload.AppendAsync(0, new byte[Bytes.Length], ("Upload-Checksum", $"sha1 {Checksum(Bytes)}"));
        Assert.That((answer.Code, await upload.OffsetAsync()), Is.EqualTo(("ChecksumMismatch", 0)));
        await upload.AppendAsync(0, Bytes, ("Upload-Checksum", $"sha1 {Checksum(Bytes)}"));
        await AssertStoredAsync();
    }

    [TestCase("md5 1B2M2Y8AsgTpgAmY7PhCfg==")]
    [TestCase("sha1")]
    [TestCase("sha1 abc")]
    [TestCase("sha1 1B2M2Y8AsgTpgAmY7PhCfg==")]
    public async Task An_unsupported_checksum_is_refused(string checksum)
    {
        var upload = await ResumableUpload.BeginAsync(Server.Admin, Image, Bytes.Length);
        var answer = await upload.AppendAsync(0, Bytes, ("Upload-Checksum", checksum));
        Assert.That(((int)answer.Status, answer.Code, await upload.OffsetAsync()), Is.EqualTo((400, "InvalidHeader", 0)));
    }
}
