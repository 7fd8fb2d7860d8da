using System.Globalization;

namespace ImgApi.Api.Http;

/// <summary>
/// Conditional requests (contract 1.7). Tags are compared as raw text, since the contract's Etags have no quotes; clients
/// may send them bare, quoted or weak.
/// </summary>
public static class Preconditions
{
    /// <summary>Evaluates the conditions of a request against what it is about.</summary>
    /// <param name="request">The request.</param>
    /// <param name="etags">The tags that stand for it, the preferred first; at least one.</param>
    /// <param name="modifiedAt">When it was last modified; null where dates do not count.</param>
    /// <returns>True if the answer is 304.</returns>
    /// <exception cref="ImgApiException"><c>PreconditionFailed</c>.</exception>
    public static bool IsNotModified(HttpRequest request, IReadOnlyList<string> etags, DateTimeOffset? modifiedAt)
    {
        var headers = request.Headers;
        if (headers.IfMatch.ToString() is { Length: > 0 } ifMatch && !Hits(ifMatch, etags))
        {
            throw Failed($"if-match '{ifMatch}' didn't match etag '{etags[0]}'");
        }

        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var ifNoneMatch = headers.IfNoneMatch.ToString();
        if (ifNoneMatch.Length > 0 && Hits(ifNoneMatch, etags))
        {
            return reads ? true : throw Failed($"if-none-match '{ifNoneMatch}' matched etag '{etags[0]}'");
        }

        return modifiedAt is { } date && IsNotModifiedSince(request, WholeSeconds(date), dated: ifNoneMatch.Length == 0);
    }

    /// <summary>Whether a tag of the list (or <c>*</c>) is one of the given ones.</summary>
    public static bool Hits(string tags, IReadOnlyList<string> etags)
    {
        foreach (var tag in tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (tag == "*" || etags.Contains(Bare(tag)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads an HTTP date; null for any other text.</summary>
    public static DateTimeOffset? ParseDate(string text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    /// <summary>HTTP dates have no fraction; so compares what was sent as one.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));

    private static string Bare(string tag)
    {
        var bare = tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
        return bare.Length >= 2 && bare[0] == '"' && bare[^1] == '"' ? bare[1..^1] : bare;
    }

    private static bool IsNotModifiedSince(HttpRequest request, DateTimeOffset modifiedAt, bool dated)
    {
        var headers = request.Headers;
        // A tag that did not match says more than a date: then the content did change.
        if (dated && ParseDate(headers.IfModifiedSince.ToString()) is { } since && modifiedAt <= since)
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
