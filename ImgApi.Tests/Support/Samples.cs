using System.Formats.Tar;
using System.IO.Compression;

namespace ImgApi.Tests.Support;

/// <summary>A small file of each format that the server recognizes. The compressed ones contain "hello".</summary>
internal static class Samples
{
    public static byte[] Gzip { get; } = Compress("hello\n"u8.ToArray());

    public static byte[] Bzip2 { get; } = Convert.FromBase64String("QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi");

    public static byte[] Xz { get; } =
        Convert.FromBase64String("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg==");

    public static byte[] Zstd { get; } = Convert.FromBase64String("KLUv/QRYMQAAaGVsbG8KU4i9kQ==");

    public static byte[] Tar { get; } = TarOf("hello.txt");

    /// <summary>The first record of a ZFS stream.</summary>
    public static byte[] ZfsStream { get; } = [.. new byte[8], 0xac, 0xcb, 0xba, 0xf5, 2, 0, 0, 0, 1, .. new byte[295]];

    public static byte[] Png { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, .. new byte[20]];

    /// <summary>A picture that browsers can show, as PNG.</summary>
    public static byte[] Disc { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAYklEQVR42u3WOwpAIRBD0fSu1Mb9d9qKfyQG1Hm8+p7OCeLhDx8ALvjxvw9M0ysMKPWBAVa9"
        + "Z4BYbxrg1msD9HphCAFiPTcMMMCAt4D7HzvFPVBcNMVNVqwKxS5SLLs7xm8C3JPyIFt2YQoAAAAASUVORK5CYII=");

    public static byte[] Jpeg { get; } = [0xff, 0xd8, 0xff, 0xe0, 0, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F', .. new byte[20]];

    public static byte[] Gif { get; } = [.. "GIF89a"u8, .. new byte[20]];

    public static byte[] Text { get; } = [.. "no format at all\n"u8];

    public static byte[] Compress(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    /// <summary>The sample with the name of a property.</summary>
    public static byte[] Of(string name) => (byte[])typeof(Samples).GetProperty(name)!.GetValue(null)!;

    private static byte[] TarOf(string name)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1, 2, 3]) });
        }

        return target.ToArray();
    }
}
