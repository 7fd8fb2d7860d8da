using System.Globalization;

namespace ImgApi.Api.Http;

/// <summary>
/// Conditional requests (contract 1.7). The contract's Etags have no quotes, which clients may add, with or without <c>W/</c>. So tags are
/// compared as text, which the framework's parser would refuse.
/// </summary>
internal static class Preconditions
{
    /// <param name="etags">The tags of the resource, the preferred one first; at least one.</param>
    /// <param name="modifiedAt">Last modification of the resource; null to ignore dates.</param>
    /// <returns>True if the answer is 304.</returns>
    /// <exception cref="ImgApiException"><c>PreconditionFailed</c>.</exception>
    public static bool IsNotModified(HttpRequest request, IReadOnlyList<string> etags, DateTimeOffset? modifiedAt)
    {
        var headers = request.Headers;
        if (headers.IfMatch.ToString() is { Length: > 0 } ifMatch && !Matches(ifMatch, etags))
        {
            throw Failed($"if-match '{ifMatch}' didn't match etag '{etags[0]}'");
        }

        var ifNoneMatch = headers.IfNoneMatch.ToString();
        if (ifNoneMatch.Length > 0 && Matches(ifNoneMatch, etags))
        {
            return IsRead(request) ? true : throw Failed($"if-none-match '{ifNoneMatch}' matched etag '{etags[0]}'");
        }

        return modifiedAt is { } date && IsNotModifiedSince(request, WholeSeconds(date), usesDate: ifNoneMatch.Length == 0);
    }

    /// <summary>Whether the request is a GET or HEAD, which a 304 can answer.</summary>
    public static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Whether a header with tags names one of the given tags, or is <c>*</c>.</summary>
    public static bool Matches(string tags, IReadOnlyList<string> etags) =>
        tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(tag => tag == "*" || etags.Contains(Bare(tag)));

    /// <summary>Parses an HTTP date; null for other text.</summary>
    public static DateTimeOffset? ParseDate(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>Removes the fraction of a second, which HTTP dates do not have.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));

    private static string Bare(string tag)
    {
        var bare = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return bare.Length >= 2 && bare[0] == '"' && bare[^1] == '"' ? bare[1..^1] : bare;
    }

    private static bool IsNotModifiedSince(HttpRequest request, DateTimeOffset modifiedAt, bool usesDate)
    {
        var headers = request.Headers;
        // A tag that does not match is more precise than a date.
        if (usesDate && ParseDate(headers.IfModifiedSince.ToString()) is { } since && modifiedAt <= since)
        {
            return true;
        }

        var unmodified = headers.IfUnmodifiedSince.ToString();
        return ParseDate(unmodified) is { } limit && limit < modifiedAt
            ? throw Failed($"object was modified at '{modifiedAt.ToString("r", CultureInfo.InvariantCulture)}'; if-unmodified-since '{unmodified}'")
            : false;
    }

    private static ImgApiException Failed(string message) => new(ErrorCode.PreconditionFailed, message);
}
