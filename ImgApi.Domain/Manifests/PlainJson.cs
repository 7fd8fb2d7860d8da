using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ImgApi.Domain.Manifests;

/// <summary>JSON values as compact text, which the contract writes as <c>J(...)</c>.</summary>
public static class PlainJson
{
    private static readonly JsonWriterOptions Format = new() { Encoder = new PlainJsonEncoder(), SkipValidation = true };

    /// <summary>The text of a value, without white space between tokens. Numbers keep their digits.</summary>
    public static string Text(JsonElement value) => Encoding.UTF8.GetString(Bytes(value).Span);

    /// <summary><see cref="Text"/> in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            value.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The value in a message, which the contract writes as <c>&lt;v&gt;</c>: a string verbatim, anything else as JSON.</summary>
    public static string InMessage(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Text(value);
}
