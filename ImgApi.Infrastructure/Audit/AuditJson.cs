using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImgApi.Infrastructure.Audit;

/// <summary>The JSON form of events, in which they are stored and sent: <c>{"number":1,"time":"2026-01-31T12:00:00.000Z","action":...}</c>.</summary>
internal static class AuditJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new UuidConverter(), new TimeConverter() },
        // Readable with grep; an event is never a part of a page in this form.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Timestamp.TryParse(reader.GetString(), out var time) ? time.Instant : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Timestamp.From(value).Text);
    }

    private sealed class UuidConverter : JsonConverter<Uuid>
    {
        public override Uuid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Uuid.TryParse(reader.GetString(), out var uuid) ? uuid : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Uuid value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
