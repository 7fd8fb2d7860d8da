using Microsoft.Net.Http.Headers;

namespace ImgApi.Api.Http;

/// <summary>The range of bytes that a client requests.</summary>
internal static class ByteRange
{
    /// <summary>
    /// The range of a request. Null means the whole content: without a range, with a malformed one or several, and if <c>If-Range</c> names
    /// other content.
    /// </summary>
    public static RangeItemHeaderValue? Of(HttpRequest request, string? etag, DateTimeOffset modifiedAt) =>
        RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            && header.Unit == "bytes"
            && header.Ranges.Count == 1
            && IsSameContent(request.Headers.IfRange.ToString(), etag, modifiedAt)
            ? header.Ranges.First()
            : null;

    /// <summary>The bytes of the range in content of this length; null if there are none.</summary>
    public static (long Offset, long Count)? Resolve(this RangeItemHeaderValue range, long length)
    {
        // Without a beginning, the end is the number of last bytes.
        var offset = range.From ?? Math.Max(0, length - (range.To ?? 0));
        var end = range.From is null ? length : Math.Min(length - 1, range.To ?? (length - 1)) + 1;
        return offset < end ? (offset, end - offset) : null;
    }

    private static bool IsSameContent(string ifRange, string? etag, DateTimeOffset modifiedAt) =>
        ifRange.Length == 0
        || (Preconditions.ParseDate(ifRange) is { } date
            ? date == Preconditions.WholeSeconds(modifiedAt)
            : etag is not null && ifRange != "*" && !ifRange.StartsWith("W/", StringComparison.Ordinal) && Preconditions.Matches(ifRange, [etag]));
}
