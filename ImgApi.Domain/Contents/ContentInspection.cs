namespace ImgApi.Domain.Contents;

/// <summary>Looks at the first bytes of a file.</summary>
public sealed class ContentInspection(IHeadUnpacker unpacker)
{
    // The first suffices for the formats and for one stream; before one of several there is a list of any length.
    private const int UsualLimit = 4 * 1024;
    private const int Limit = 1024 * 1024;

    /// <summary>What the bytes are.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="isWhole">Whether these are all of them.</param>
    /// <param name="unpacks">Whether to look also at what the file unpacks to.</param>
    public ContentSeen Look(ReadOnlyMemory<byte> head, bool isWhole, bool unpacks)
    {
        var format = ContentFormats.Of(head.Span);
        var isPacked = format is ContentFormat.Gzip or ContentFormat.Bzip2 or ContentFormat.Xz;
        return !isPacked ? new ContentSeen(format, format, IsCut(format, head.Length, isWhole), ZfsStreamHead.Parse(head.Span))
            : unpacks ? LookInside(format, head, isWhole)
            : new ContentSeen(format);
    }

    private ContentSeen LookInside(ContentFormat format, ReadOnlyMemory<byte> head, bool isWhole)
    {
        // A file that is here whole is unpacked as far as it may be, since then its end can be looked at too.
        var unpacked = unpacker.Unpack(format, head, isWhole, isWhole ? Limit : UsualLimit);
        if (unpacked.IsDamaged)
        {
            return new ContentSeen(format, IsDamaged: true);
        }

        var inside = ContentFormats.Of(unpacked.Bytes.Span);
        if (inside == ContentFormat.Unknown && !unpacked.IsWhole && unpacked.Bytes.Length < ContentFormats.Needed)
        {
            return new ContentSeen(format);
        }

        var stream = ZfsStreamHead.Parse(unpacked.Bytes.Span);
        if (stream is null && inside == ContentFormat.ZfsStream)
        {
            stream = ZfsStreamHead.Parse(unpacker.Unpack(format, head, isWhole, Limit).Bytes.Span);
        }

        return new ContentSeen(format, inside, IsCut(inside, unpacked.Bytes.Length, unpacked.IsWhole), stream);
    }

    /// <summary>Whether a stream ends before its first record does.</summary>
    private static bool IsCut(ContentFormat format, int length, bool isWhole) =>
        format == ContentFormat.ZfsStream && isWhole && length < ZfsStreamHead.RecordLength;
}
