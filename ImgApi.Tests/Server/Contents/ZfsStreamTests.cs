using System.Globalization;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>Uploads of real ZFS send streams and of other files with the default <c>contentCheck</c>: all are accepted, some with a warning.</summary>
[TestFixture]
internal sealed class ZfsStreamTests() : ContractFixture(ServerMode.Mixed)
{
    private Task<Answer> PutAsync(string uuid, byte[] bytes, string query) =>
        Admin.PutAnswerAsync($"/images/{uuid}/file?{query}", Requests.Bytes(bytes));

    private async Task<string> CreateAsync(string type, bool hasOrigin)
    {
        var origin = hasOrigin ? await Admin.PublishAsync() : null;
        return type == "zvol"
            ? await Admin.CreateAsync(("type", type), ("origin", origin), ("nic_driver", "virtio"), ("disk_driver", "virtio"), ("cpu_type", "host"), ("image_size", 16))
            : await Admin.CreateAsync(("type", type), ("origin", origin));
    }

    private static string? Guid(Answer answer) =>
        answer.Json.GetProperty("files")[0].TryGetProperty("dataset_guid", out var guid) ? guid.GetString() : null;

    [TestCase("fs-full", "zone-dataset", false, StreamFiles.FsFullGuid)]
    [TestCase("fs-full", "lx-dataset", false, StreamFiles.FsFullGuid)]
    [TestCase("fs-incr", "zone-dataset", true, StreamFiles.FsIncrGuid)]
    [TestCase("fs-props", "zone-dataset", false, StreamFiles.FsFullGuid)]
    [TestCase("fs-eLc", "zone-dataset", false, 14488884256474832952)]
    [TestCase("vol-full", "zvol", false, StreamFiles.VolFullGuid)]
    [TestCase("vol-incr", "zvol", true, StreamFiles.VolIncrGuid)]
    public async Task A_stream_that_fits_the_image_is_accepted_and_its_guid_is_kept(string stream, string type, bool hasOrigin, ulong guid)
    {
        var answer = await PutAsync(await CreateAsync(type, hasOrigin), StreamFiles.Xz(stream), "compression=xz");
        AssertImage(answer);
        Assert.That(answer.Header("Warning"), Is.Null);
        Assert.That(Guid(answer), Is.EqualTo(guid.ToString(CultureInfo.InvariantCulture)));
    }

    [TestCase("fs-incr", "zone-dataset", false, "the stream is incremental, but the image has no origin")]
    [TestCase("fs-full", "zone-dataset", true, "the stream is a full one, but the image has an origin")]
    [TestCase("vol-full", "zone-dataset", false, "the stream is a volume, but the type zone-dataset needs a file system")]
    [TestCase("fs-full", "zvol", false, "the stream is a file system, but the type zvol needs a volume")]
    [TestCase("fs-recursive", "zone-dataset", false, "the stream holds several snapshots, and an image is one")]
    public async Task A_stream_that_does_not_fit_the_image_is_accepted_with_a_warning(string stream, string type, bool hasOrigin, string warning)
    {
        var uuid = await CreateAsync(type, hasOrigin);
        var answer = await PutAsync(uuid, StreamFiles.Xz(stream), "compression=xz");
        AssertImage(answer);
        Assert.That(answer.Header("Warning"), Is.EqualTo($"299 imgapi \"{warning}\""));
        Assert.That((await Admin.ActAsync(uuid, "activate")).Header("Warning"), Is.EqualTo($"299 imgapi \"{warning}\""));
    }

    [TestCase("none")]
    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public async Task The_guid_of_a_stream_is_found_in_every_compression(string compression)
    {
        var answer = await PutAsync(await Admin.CreateAsync(), StreamFiles.Of("fs-eLc", compression), $"compression={compression}");
        Assert.That((Guid(answer), answer.Header("Warning")), Is.EqualTo(("14488884256474832952", (string?)null)));
    }

    [TestCase("none")]
    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public async Task A_wrong_stream_is_found_in_every_compression(string compression)
    {
        var wrong = await PutAsync(await CreateAsync("zone-dataset", hasOrigin: true), StreamFiles.Of("vol-incr", compression), $"compression={compression}");
        Assert.That(wrong.Header("Warning"), Does.Contain("the stream is a volume"));
    }

    [TestCase("Text", "gzip", "the file is not gzip, as its compression says")]
    [TestCase("Text", "none", "the file is of no known format, not a ZFS send stream")]
    [TestCase("Tar", "none", "the file is a tar archive, not a ZFS send stream")]
    [TestCase("Gzip", "gzip", "the file decompresses to something that is of no known format, not a ZFS send stream")]
    [TestCase("Bzip2", "bzip2", "the file decompresses to something that is of no known format, not a ZFS send stream")]
    [TestCase("Xz", "xz", "the file decompresses to something that is of no known format, not a ZFS send stream")]
    public async Task A_file_that_is_not_a_stream_is_accepted_with_a_warning(string sample, string compression, string warning)
    {
        var answer = await PutAsync(await Admin.CreateAsync(), Samples.Of(sample), $"compression={compression}");
        AssertImage(answer);
        Assert.That(answer.Header("Warning"), Is.EqualTo($"299 imgapi \"{warning}\""));
    }

    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public async Task A_file_that_cannot_be_decompressed_is_accepted_with_a_warning(string compression)
    {
        var file = StreamFiles.Of("fs-eLc", compression);
        file.AsSpan(20, 400).Fill(0x55);
        var answer = await PutAsync(await Admin.CreateAsync(), file, $"compression={compression}");
        Assert.That(answer.Header("Warning"), Is.EqualTo($"299 imgapi \"the file begins as {compression} does, but cannot be decompressed\""));
    }

    [Test]
    public async Task A_file_of_a_type_without_zfs_is_accepted_without_a_warning(
        [Values("docker", "lxd", "other")] string type, [Values("Tar", "Gzip", "Text", "ZfsStream")] string sample)
    {
        var compression = sample == "Gzip" ? "gzip" : "none";
        var answer = await PutAsync(await Admin.CreateAsync(("type", type)), Samples.Of(sample), $"compression={compression}");
        Assert.That((answer.Header("Warning"), Guid(answer)), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task A_declared_guid_that_is_the_streams_is_accepted_without_a_warning()
    {
        var right = await PutAsync(await Admin.CreateAsync(), StreamFiles.Xz("fs-full"), $"compression=xz&dataset_guid={StreamFiles.FsFullGuid}");
        Assert.That(right.Header("Warning"), Is.Null);
    }

    [Test]
    public async Task A_declared_guid_that_is_not_the_streams_is_kept_with_a_warning()
    {
        var wrong = await PutAsync(await Admin.CreateAsync(), StreamFiles.Xz("fs-full"), "compression=xz&dataset_guid=5");
        Assert.That(Guid(wrong), Is.EqualTo("5"));
        Assert.That(wrong.Header("Warning"), Does.Contain($"the stream's snapshot has the GUID {StreamFiles.FsFullGuid}, which is not the given dataset_guid"));
    }

    [Test]
    public async Task An_origin_that_is_set_after_the_upload_clears_the_finding()
    {
        var uuid = await Admin.CreateAsync();
        Assert.That((await PutAsync(uuid, StreamFiles.Xz("fs-incr"), "compression=xz")).Header("Warning"), Does.Contain("has no origin"));
        await Admin.ActAsync(uuid, "update", Requests.Json(new { origin = await Admin.PublishAsync() }));
        Assert.That((await Admin.ActAsync(uuid, "activate")).Header("Warning"), Is.Null);
    }
}
