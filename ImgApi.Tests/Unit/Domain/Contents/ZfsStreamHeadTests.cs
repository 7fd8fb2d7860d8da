using CsCheck;
using ImgApi.Domain.Contents;
using ImgApi.Tests.Security.Fuzzing;
using ImgApi.Tests.Support;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace ImgApi.Tests.Unit.Domain.Contents;

/// <summary>The heads of real ZFS streams.</summary>
[TestFixture]
internal sealed class ZfsStreamHeadTests
{
    [TestCase("fs-full", ZfsObjectSet.FileSystem, StreamFiles.FsFullGuid, 0ul, false)]
    [TestCase("fs-incr", ZfsObjectSet.FileSystem, StreamFiles.FsIncrGuid, StreamFiles.FsFullGuid, false)]
    [TestCase("fs-props", ZfsObjectSet.FileSystem, StreamFiles.FsFullGuid, 0ul, false)]
    [TestCase("fs-recursive", ZfsObjectSet.FileSystem, 4878144683873782593ul, 0ul, true)]
    [TestCase("vol-full", ZfsObjectSet.Volume, StreamFiles.VolFullGuid, 0ul, false)]
    [TestCase("vol-incr", ZfsObjectSet.Volume, StreamFiles.VolIncrGuid, StreamFiles.VolFullGuid, false)]
    public void The_head_of_a_sample_stream_is_parsed(string name, ZfsObjectSet kind, ulong to, ulong from, bool several) =>
        Assert.That(ZfsStreamHead.Parse(StreamFiles.Of(name)), Is.EqualTo(new ZfsStreamHead(kind, to, from, several)));

    [TestCase("little-endian-all-drr-types-base-NATIVE", ZfsObjectSet.FileSystem, 0x421d0579cc63e574ul, 0ul, false)]
    [TestCase("big-endian-all-drr-types-base-NATIVE", ZfsObjectSet.FileSystem, 0xa2ae713712d097d7ul, 0ul, false)]
    [TestCase("decompress", ZfsObjectSet.FileSystem, 0xd49d6d503880b9b2ul, 0ul, false)]
    [TestCase("undersized-write-lsize", ZfsObjectSet.FileSystem, 0x0fb4ba0029287fb3ul, 0ul, false)]
    [TestCase("little-endian-all-drr-types-incr-NATIVE", ZfsObjectSet.FileSystem, 0x964950de82b7d299ul, 0x421d0579cc63e574ul, true)]
    [TestCase("dedup", ZfsObjectSet.FileSystem, 0xdeb1337232f92a3eul, 0ul, true)]
    [TestCase("dedup_encrypted_zvol", ZfsObjectSet.Volume, 0xc937ab1150e8a9d2ul, 0ul, true)]
    public void The_head_of_a_stream_of_the_OpenZFS_test_suite_is_parsed(string name, ZfsObjectSet kind, ulong to, ulong from, bool several) =>
        Assert.That(ZfsStreamHead.Parse(OfTestSuite(name)), Is.EqualTo(new ZfsStreamHead(kind, to, from, several)));

    [TestCase("fs-full", 312)]
    [TestCase("fs-props", 312 + 524 + 312 + 312)]
    public void A_truncated_head_is_not_parsed(string name, int headLength)
    {
        var stream = StreamFiles.Of(name);
        Assert.That(Enumerable.Range(0, headLength).Select(length => ZfsStreamHead.Parse(stream.AsSpan(0, length))), Is.All.Null);
    }

    [Test]
    public void Random_bytes_after_the_magic_number_never_throw() => Fuzz.Check(Gen.Byte.Array[0, 2000], bytes =>
    {
        Samples.ZfsStream.AsSpan(0, Math.Min(16, bytes.Length)).CopyTo(bytes);
        _ = ZfsStreamHead.Parse(bytes);
    });

    /// <summary>OpenZFS's streams are not part of this repository. The test is skipped unless they lie beside the checkout.</summary>
    private static byte[] OfTestSuite(string name)
    {
        var folders = Ancestors(TestContext.CurrentContext.TestDirectory).Select(folder => Path.Combine(folder, "shared", "data", "zfs-streams"));
        var path = folders.Select(folder => Path.Combine(folder, $"{name}.zsend.bz2")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Ignore($"{name}.zsend.bz2 of the OpenZFS test suite is not in ../shared/data/zfs-streams");
        }

        using var bzip2 = BZip2Stream.Create(File.OpenRead(path!), CompressionMode.Decompress, decompressConcatenated: true);
        using var stream = new MemoryStream();
        bzip2.CopyTo(stream);
        return stream.ToArray();
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = Directory.GetParent(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
