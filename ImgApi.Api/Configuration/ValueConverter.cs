using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <summary>Reads values of one type. A value that cannot be read is a <see cref="JsonException"/>.</summary>
/// <param name="read">The value; null if the JSON cannot be read as one.</param>
internal sealed class ValueConverter<T>(Func<JsonElement, object?> read) : JsonConverter<T>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (T)(read(JsonElement.ParseValue(ref reader)) ?? throw new JsonException());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
}
