namespace ImgApi.Domain.Contents;

/// <summary>Inspects the first bytes of a file.</summary>
public sealed class ContentInspector(IHeadUnpacker unpacker)
{
    // The first limit is enough for every format and for a plain stream. A compound stream has a list of any length before its first one.
    private const int FirstLimit = 4 * 1024;
    private const int Limit = 1024 * 1024;

    /// <param name="isWhole">Whether the file has no more bytes.</param>
    /// <param name="unpacks">Whether to decompress the file and inspect its content.</param>
    public InspectionResult Inspect(ReadOnlyMemory<byte> head, bool isWhole, bool unpacks)
    {
        var format = ContentFormats.Detect(head.Span);
        return !format.IsPacked() ? new InspectionResult(format, format, IsTruncated(format, head.Length, isWhole), ZfsStreamHead.Parse(head.Span))
            : unpacks ? InspectInside(format, head, isWhole)
            : new InspectionResult(format);
    }

    private InspectionResult InspectInside(ContentFormat format, ReadOnlyMemory<byte> head, bool isWhole)
    {
        // A complete file is decompressed up to the larger limit, so that its end can be checked too.
        var unpacked = unpacker.Unpack(format, head, isWhole, isWhole ? Limit : FirstLimit);
        if (unpacked.IsDamaged)
        {
            return new InspectionResult(format, IsDamaged: true);
        }

        var inside = ContentFormats.Detect(unpacked.Bytes.Span);
        if (inside == ContentFormat.Unknown && !unpacked.IsWhole && unpacked.Bytes.Length < ContentFormats.HeadLength)
        {
            return new InspectionResult(format);
        }

        var stream = ZfsStreamHead.Parse(unpacked.Bytes.Span);
        if (stream is null && inside == ContentFormat.ZfsStream)
        {
            stream = ZfsStreamHead.Parse(unpacker.Unpack(format, head, isWhole, Limit).Bytes.Span);
        }

        return new InspectionResult(format, inside, IsTruncated(inside, unpacked.Bytes.Length, unpacked.IsWhole), stream);
    }

    private static bool IsTruncated(ContentFormat format, int length, bool isWhole) =>
        format == ContentFormat.ZfsStream && isWhole && length < ZfsStreamHead.RecordLength;
}

/// <summary>What the first bytes of a file showed when it arrived. It is stored with the image, since the bytes never change.</summary>
/// <param name="Format">The format of the file itself.</param>
/// <param name="Inside">The format of the decompressed file, or <paramref name="Format"/> if it is not compressed; null if unknown.</param>
/// <param name="IsDamaged">Whether a compressed file cannot be decompressed, or a ZFS stream ends within its first record.</param>
/// <param name="Stream">The header of the ZFS send stream; null if there is none, or if it is unknown.</param>
public sealed record InspectionResult(ContentFormat Format, ContentFormat? Inside = null, bool IsDamaged = false, ZfsStreamHead? Stream = null);
