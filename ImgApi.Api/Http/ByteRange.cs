using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Http;

/// <summary>One range of bytes that a client asks for: from the start, or a number of last bytes.</summary>
/// <param name="From">First byte; null for a suffix.</param>
/// <param name="To">Last byte, included, or null for the end; for a suffix its length.</param>
internal sealed record ByteRange(long? From, long? To)
{
    /// <summary>
    /// The range of a request. Null, meaning the whole content, if there is none, if it is malformed or has several parts,
    /// or if <c>If-Range</c> says that the client's part is of other content.
    /// </summary>
    public static ByteRange? Of(HttpRequest request, string? etag, DateTimeOffset modifiedAt)
    {
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1
            || !IsSameContent(request.Headers.IfRange.ToString(), etag, modifiedAt))
        {
            return null;
        }

        var range = header.Ranges.First();
        return new ByteRange(range.From, range.To);
    }

    /// <summary>The bytes that the range means in content of that length; null if none.</summary>
    public (long Offset, long Count)? Resolve(long length)
    {
        var offset = From ?? Math.Max(0, length - (To ?? 0));
        var end = From is null ? length : Math.Min(length - 1, To ?? (length - 1)) + 1;
        return offset < end ? (offset, end - offset) : null;
    }

    private static bool IsSameContent(string ifRange, string? etag, DateTimeOffset modifiedAt)
    {
        if (ifRange.Length == 0)
        {
            return true;
        }

        return Preconditions.ParseDate(ifRange) is { } date
            ? date == Preconditions.WholeSeconds(modifiedAt)
            : etag is not null && ifRange != "*" && !ifRange.StartsWith("W/", StringComparison.Ordinal) && Preconditions.Hits(ifRange, [etag]);
    }
}
