using System.Diagnostics;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;

namespace ImgApi.Tests.Support;

/// <summary>Real ZFS send streams, see <c>Data/zfs-streams/README.md</c>.</summary>
internal static class StreamFiles
{
    public const ulong FsFullGuid = 16861288434190080248;
    public const ulong FsIncrGuid = 1790101963391168809;
    public const ulong VolFullGuid = 14313283947335046609;
    public const ulong VolIncrGuid = 16513082089109054571;

    /// <summary>A stream, compressed with xz.</summary>
    public static byte[] Xz(string name) =>
        File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "Data", "zfs-streams", $"{name}.zfs.xz"));

    /// <summary>A stream as <c>zfs send</c> wrote it, or compressed as named.</summary>
    public static byte[] Of(string name, string compression = "none")
    {
        using var unpacked = new MemoryStream();
        using (var xz = new XZStream(new MemoryStream(Xz(name))))
        {
            xz.CopyTo(unpacked);
        }

        return compression switch
        {
            "none" => unpacked.ToArray(),
            "gzip" => Samples.Compress(unpacked.ToArray()),
            "bzip2" => Bzip2(unpacked.ToArray()),
            "xz" => Xz(name),
            _ => throw new UnreachableException(),
        };
    }

    private static byte[] Bzip2(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var bzip2 = BZip2Stream.Create(target, CompressionMode.Compress, decompressConcatenated: false, leaveOpen: true))
        {
            bzip2.Write(bytes);
        }

        return target.ToArray();
    }
}
