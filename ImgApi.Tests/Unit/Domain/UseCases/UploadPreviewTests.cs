using ImgApi.Domain.Contents;
using ImgApi.Domain.UseCases;
using ImgApi.Infrastructure.Unpacking;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.UseCases;

/// <summary>The inspection of a file before it is sent, with real ZFS send streams.</summary>
[TestFixture]
internal sealed class UploadPreviewTests
{
    private static readonly ImageDetails ZoneDataset = new() { Name = "web", Version = "1", Type = ImageType.ZoneDataset, Os = "smartos" };

    private readonly UploadPreview _preview = new(new ContentInspector(new HeadUnpacker()));

    private string Inspect(byte[] bytes, ImageDetails? details = null, string? compression = null, bool isForced = false) =>
        _preview.Inspect(details ?? ZoneDataset, compression, bytes, isWhole: true, isForced);

    private static string Refused(Func<string> inspection) => Assert.Throws<ImgApiException>(() => inspection())!.Message;

    [TestCase("none")]
    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    public void The_compression_of_a_stream_is_detected(string compression) =>
        Assert.That(Inspect(StreamFiles.Of("fs-full", compression)), Is.EqualTo(compression));

    [TestCase("fs-incr", "the stream is incremental, but the image has no origin")]
    [TestCase("vol-full", "the stream is a volume, but the type zone-dataset needs a file system")]
    [TestCase("fs-recursive", "the stream holds several snapshots, and an image is one")]
    public void A_stream_that_does_not_fit_the_manifest_is_refused(string stream, string reason) =>
        Assert.That(Refused(() => Inspect(StreamFiles.Xz(stream))), Does.StartWith(reason));

    [Test]
    public void A_full_stream_for_an_image_with_an_origin_is_refused() =>
        Assert.That(Refused(() => Inspect(StreamFiles.Xz("fs-full"), ZoneDataset with { Origin = Uuid.New() })), Does.StartWith("the stream is a full one"));

    [Test]
    public void A_stream_that_does_not_fit_the_manifest_is_accepted_if_forced() =>
        Assert.That(Inspect(StreamFiles.Xz("fs-incr"), isForced: true), Is.EqualTo("xz"));

    [Test]
    public void A_wrong_compression_is_refused_even_if_forced() =>
        Assert.That(Refused(() => Inspect(StreamFiles.Xz("fs-full"), compression: "gzip", isForced: true)), Does.Contain("send compression=xz"));

    [Test]
    public void An_empty_file_is_refused() => Assert.That(Refused(() => Inspect([])), Does.Contain("empty files are not allowed"));

    [Test]
    public void A_file_for_a_type_without_zfs_may_have_any_content() =>
        Assert.That(Inspect(Samples.Compress([1, 2, 3]), ZoneDataset with { Type = ImageType.Other }), Is.EqualTo("gzip"));
}
