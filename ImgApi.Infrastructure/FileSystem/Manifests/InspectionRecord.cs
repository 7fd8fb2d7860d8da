using System.Globalization;
using System.Text.Json;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The result of a file's inspection, in the private record. An invalid record is ignored.</summary>
internal static class InspectionRecord
{
    private const string Key = "seen";

    public static void Write(Utf8JsonWriter writer, InspectionResult? inspection)
    {
        if (inspection is null)
        {
            return;
        }

        writer.WriteStartObject(Key);
        writer.WriteString("format", Word(inspection.Format));
        writer.WriteTextIfAny("inside", inspection.Inside is { } inside ? Word(inside) : null);
        WriteIfTrue(writer, "damaged", inspection.IsDamaged);
        if (inspection.Stream is { } stream)
        {
            writer.WriteStartObject("stream");
            writer.WriteString("kind", Word(stream.Kind));
            writer.WriteString("to", Guid(stream.ToGuid));
            writer.WriteString("from", Guid(stream.FromGuid));
            WriteIfTrue(writer, "several", stream.HoldsSeveral);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static InspectionResult? Read(JsonElement file) =>
        file.Member(Key) is var record && Enumerated<ContentFormat>(record, "format") is { } format
            ? new InspectionResult(
                format,
                Enumerated<ContentFormat>(record, "inside"),
                record.Member("damaged").ValueKind == JsonValueKind.True,
                StreamIn(record.Member("stream")))
            : null;

    private static ZfsStreamHead? StreamIn(JsonElement record) =>
        Enumerated<ZfsObjectSet>(record, "kind") is { } kind && Guid(record, "to") is { } to && Guid(record, "from") is { } from
            ? new ZfsStreamHead(kind, to, from, record.Member("several").ValueKind == JsonValueKind.True)
            : null;

    private static void WriteIfTrue(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();

    private static T? Enumerated<T>(JsonElement record, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(record.Member(name).AsText(), ignoreCase: true, out var value) && Enum.IsDefined(value)
        && record.Member(name).ValueEquals(Word(value)) ? value : null;

    /// <summary>As text, since many programs read JSON numbers only up to 2^53.</summary>
    private static string Guid(ulong guid) => guid.ToString(CultureInfo.InvariantCulture);

    private static ulong? Guid(JsonElement record, string name) =>
        ulong.TryParse(record.Member(name).AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var guid) ? guid : null;
}
