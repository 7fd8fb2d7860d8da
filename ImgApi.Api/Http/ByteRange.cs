using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Http;

/// <summary>A range of bytes that a client requests.</summary>
/// <param name="From">First byte; null for the last bytes of the content.</param>
/// <param name="To">Last byte, inclusive, or null for the end. Without <paramref name="From"/>, the number of last bytes.</param>
internal sealed record ByteRange(long? From, long? To)
{
    /// <summary>
    /// The range of a request. Null means the whole content: without a range, with a malformed one or several, and if <c>If-Range</c> names
    /// other content.
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

    /// <summary>The bytes of the range in content of this length; null if there are none.</summary>
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
            : etag is not null && ifRange != "*" && !ifRange.StartsWith("W/", StringComparison.Ordinal) && Preconditions.Matches(ifRange, [etag]);
    }
}
