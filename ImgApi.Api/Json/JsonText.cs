using System.Text.Json;
using System.Text.Unicode;
using ImgApi.Domain.Manifests;

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
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = WireJson.MaxDepth });
            EnsureWritable(text.Span, document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException broken)
        {
            throw Invalid(JsonFault.Describe(text.Span, broken));
        }
    }

    /// <summary>An escaped half of a surrogate pair is valid JSON, but an exception wherever it is used.</summary>
    private static void EnsureWritable(ReadOnlySpan<byte> text, JsonElement root)
    {
        if (text.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        try
        {
            _ = PlainJson.Bytes(root);
        }
        catch (Exception unwritable) when (unwritable is InvalidOperationException or ArgumentException)
        {
            throw Invalid("a string holds half of a surrogate pair");
        }
    }

    private static ImgApiException Invalid(string reason) => new(ErrorCode.InvalidContent, $"Invalid JSON: {reason}");
}
