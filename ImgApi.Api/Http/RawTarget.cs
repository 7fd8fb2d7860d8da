using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace ImgApi.Api.Http;

/// <summary>The target of a request as the client sent it, before the framework decodes and normalizes it.</summary>
/// <param name="Path">The path with its percent-escapes.</param>
/// <param name="Query">The text after the first <c>?</c>; empty if there is none.</param>
internal readonly partial record struct RawTarget(string Path, string Query)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Path and query.</summary>
    public string Url => Query.Length == 0 ? Path : $"{Path}?{Query}";

    /// <summary>The target of a request. The request line may contain an absolute URL.</summary>
    public static RawTarget Of(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (raw is not ['/', ..])
        {
            return new RawTarget(context.Request.Path.Value ?? "/", context.Request.QueryString.Value is ['?', .. var query] ? query : "");
        }

        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new RawTarget(raw, "") : new RawTarget(raw[..mark], raw[(mark + 1)..]);
    }

    /// <summary>Decodes percent-escapes. An escaped slash stays escaped, so that it does not end a segment.</summary>
    /// <returns>False for a malformed escape, and for bytes that are not UTF-8.</returns>
    public static bool TryDecode(string text, out string decoded)
    {
        decoded = text;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        if (MalformedEscape.IsMatch(text))
        {
            return false;
        }

        // UrlDecodeToBytes would decode a plus to a space.
        var escaped = text.Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase).Replace("+", "%2B", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(escaped);
        try
        {
            decoded = StrictUtf8.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex MalformedEscape { get; }
}
