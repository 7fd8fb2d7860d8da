using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace ImgApi.Api.Http;

/// <summary>The target of a request as the client wrote it, before the framework decodes and normalises it.</summary>
/// <param name="Path">The path with its percent-escapes.</param>
/// <param name="Query">What follows the first <c>?</c>; empty if there is none.</param>
public readonly record struct RawTarget(string Path, string Query)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Path and query as they were sent.</summary>
    public string Url => Query.Length == 0 ? Path : $"{Path}?{Query}";

    /// <summary>Takes the target from the request line, which may be an absolute URL.</summary>
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

    /// <summary>
    /// Decodes percent-escapes; an escaped slash stays escaped, so that it cannot end a segment.
    /// </summary>
    /// <returns>False for a malformed escape, or bytes that are no UTF-8.</returns>
    public static bool TryDecode(string text, out string decoded)
    {
        decoded = text;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return true;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
                continue;
            }

            if (i + 2 > text.Length - 1 || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }

            var value = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
            bytes.AddRange(value == '/' ? "%2F"u8.ToArray() : [value]);
            i += 2;
        }

        try
        {
            decoded = StrictUtf8.GetString(bytes.ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
