using System.Text;

namespace ImgApi.Domain.Contents;

/// <summary>Tells formats by their first bytes.</summary>
public static class ContentFormats
{
    /// <summary>How many bytes from the start suffice to tell every format: tar has its mark in the first block of 512.</summary>
    public const int Needed = 512;

    private const int TarMarkAt = 257;

    // RFC 2046: a boundary has at most 70 characters.
    private const int LongestBoundaryLine = 2 + 70;

    /// <summary>The format of a content.</summary>
    /// <param name="head">Its first bytes, <see cref="Needed"/> of them unless it is shorter; more do no harm.</param>
    public static ContentFormat Of(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0x1f, 0x8b, 8]) ? ContentFormat.Gzip
        : head.StartsWith("BZh"u8) && head.Length > 3 && head[3] is >= (byte)'1' and <= (byte)'9' ? ContentFormat.Bzip2
        : head.StartsWith<byte>([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) ? ContentFormat.Xz
        : head.StartsWith<byte>([0x28, 0xb5, 0x2f, 0xfd]) ? ContentFormat.Zstd
        : ZfsStreamHead.IsStart(head) ? ContentFormat.ZfsStream
        : head.Length > TarMarkAt && head[TarMarkAt..].StartsWith("ustar"u8) ? ContentFormat.Tar
        : head.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G']) ? ContentFormat.Png
        : head.StartsWith<byte>([0xff, 0xd8, 0xff]) ? ContentFormat.Jpeg
        : head.StartsWith("GIF8"u8) ? ContentFormat.Gif
        : IsForm(head) ? ContentFormat.Form
        : ContentFormat.Unknown;

    /// <summary>The format in the words of a sentence about a file: "the file is ...".</summary>
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

    /// <summary>A boundary line with a header of the first part below it.</summary>
    private static bool IsForm(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("--"u8))
        {
            return false;
        }

        var end = head[..Math.Min(head.Length, LongestBoundaryLine + 1)].IndexOf((byte)'\r');
        ReadOnlySpan<byte> header = "\r\nContent-"u8;
        return end > 2 && head.Length >= end + header.Length && Ascii.EqualsIgnoreCase(head.Slice(end, header.Length), header);
    }
}
