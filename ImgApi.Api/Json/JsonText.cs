using System.Text.Unicode;

namespace ImgApi.Api.Json;

/// <summary>Parses JSON of callers.</summary>
internal static class JsonText
{
    /// <summary>Parses JSON, and refuses strings that cannot be read or written.</summary>
    /// <exception cref="ImgApiException"><c>InvalidContent</c>.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        if (!Utf8.IsValid(text.Span))
        {
            throw Invalid("the text is not UTF-8");
        }

        try
        {
            var value = JsonElement.Parse(text.Span, new JsonDocumentOptions { MaxDepth = WireJson.MaxDepth });
            if (text.Span.IndexOf("\\u"u8) >= 0)
            {
                // An escaped half of a surrogate pair is valid JSON, but an exception wherever it is used.
                _ = PlainJson.Bytes(value);
            }

            return value;
        }
        catch (JsonException broken)
        {
            throw Invalid(JsonFault.Describe(text.Span, broken));
        }
        catch (Exception unwritable) when (unwritable is InvalidOperationException or ArgumentException)
        {
            throw Invalid("a string holds half of a surrogate pair");
        }
    }

    private static ImgApiException Invalid(string reason) => new(ErrorCode.InvalidContent, $"Invalid JSON: {reason}");
}
