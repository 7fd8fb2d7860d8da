using System.Text;

namespace ImgApi.Domain.Contents;

/// <summary>The formats that the first bytes of a content identify.</summary>
public enum ContentFormat
{
    Unknown,
    Gzip,
    Bzip2,
    Xz,

    /// <summary>Has no <c>compression</c> value on the wire.</summary>
    Zstd,

    Tar,
    ZfsStream,

    /// <summary>A multipart form, as <c>curl -F</c> sends it.</summary>
    Form,

    Png,
    Jpeg,
    Gif,
}

/// <summary>Identifies formats by their first bytes.</summary>
public static class ContentFormats
{
    /// <summary>Number of bytes that identify every format. Tar needs most: its magic number is in the first block of 512 bytes.</summary>
    public const int HeadLength = 512;

    private const int TarMagicAt = 257;

    // RFC 2046: a boundary has at most 70 characters.
    private const int MaxBoundaryLineLength = 2 + 70;

    /// <param name="head">The first <see cref="HeadLength"/> bytes or more, or the whole content.</param>
    public static ContentFormat Detect(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x1f, 0x8b, 8]) ? ContentFormat.Gzip
        : head.StartsWith("BZh"u8) && head.Length > 3 && head[3] is >= (byte)'1' and <= (byte)'9' ? ContentFormat.Bzip2
        : head.StartsWith<byte>([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? ContentFormat.Xz
        : head.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd]) ? ContentFormat.Zstd
        : ZfsStreamHead.IsStart(head) ? ContentFormat.ZfsStream
        : head.Length > TarMagicAt && head[TarMagicAt..].StartsWith("ustar"u8) ? ContentFormat.Tar
        : head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) ? ContentFormat.Png
        : head.StartsWith<byte>([0xff, 0xd8, 0xff]) ? ContentFormat.Jpeg
        : head.StartsWith("GIF8"u8) ? ContentFormat.Gif
        : IsForm(head) ? ContentFormat.Form
        : ContentFormat.Unknown;

    /// <summary>Whether files of the format are decompressed when they are inspected.</summary>
    public static bool IsPacked(this ContentFormat format) => format is ContentFormat.Gzip or ContentFormat.Bzip2 or ContentFormat.Xz;

    /// <summary>The format as part of a message: "the file is ...".</summary>
    public static string Noun(this ContentFormat format) => format switch
    {
        ContentFormat.Gzip => "gzip",
        ContentFormat.Bzip2 => "bzip2",
        ContentFormat.Xz => "xz",
        ContentFormat.Zstd => "zstd",
        ContentFormat.Tar => "a tar archive",
        ContentFormat.ZfsStream => "a ZFS send stream",
        ContentFormat.Form => "a multipart form",
        ContentFormat.Png => "a PNG picture",
        ContentFormat.Jpeg => "a JPEG picture",
        ContentFormat.Gif => "a GIF picture",
        _ => "of no known format",
    };

    // A form begins with a boundary line and a header of its first part.
    private static bool IsForm(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("--"u8))
        {
            return false;
        }

        var end = head[..Math.Min(head.Length, MaxBoundaryLineLength + 1)].IndexOf((byte)'\r');
        ReadOnlySpan<byte> header = "\r\nContent-"u8;
        return end > 2 && head.Length >= end + header.Length && Ascii.EqualsIgnoreCase(head.Slice(end, header.Length), header);
    }
}
