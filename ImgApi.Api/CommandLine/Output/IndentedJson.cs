using System.Buffers;
using System.Text;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>JSON for a person or a program, with two spaces of indentation.</summary>
internal static class IndentedJson
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = new PlainJsonEncoder(),
        SkipValidation = true,
    };

    /// <summary>Invisible characters are escaped.</summary>
    public static string Text(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            value.WriteTo(writer);
        }

        return VisibleText.EscapeJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
