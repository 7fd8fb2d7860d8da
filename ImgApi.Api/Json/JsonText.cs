using System.Text.Json;
using System.Text.Unicode;
using ImgApi.Domain.Manifests;

namespace ImgApi.Api.Json;

/// <summary>JSON from outside.</summary>
internal static class JsonText
{
    /// <summary>Parses, and makes sure that every string of the result can be read and written again.</summary>
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

    /// <summary>An escaped half of a surrogate pair is good JSON but no text; it would fail wherever it is used.</summary>
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
