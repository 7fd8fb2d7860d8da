using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImgApi.Domain.Contents;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>What was seen in a file, in this server's record of it. A record that does not fit is read as if there were none.</summary>
internal static class SeenRecord
{
    private const string Key = "seen";

    public static void Add(JsonObject file, ContentSeen? seen)
    {
        if (seen is null)
        {
            return;
        }

        var record = new JsonObject { ["format"] = Word(seen.Format) };
        record.AddIf("inside", seen.Inside is { } inside ? Word(inside) : null);
        record.AddIf("damaged", seen.IsDamaged ? JsonValue.Create(true) : null);
        record.AddIf("stream", seen.Stream is { } stream ? StreamOf(stream) : null);
        file.Add(Key, record);
    }

    public static ContentSeen? In(JsonElement file) =>
        PrivateRecord.Member(file, Key) is { } record && Enumerated<ContentFormat>(record, "format") is { } format
            ? new ContentSeen(
                format,
                Enumerated<ContentFormat>(record, "inside"),
                Tolerant.Value(record, "damaged") is { ValueKind: JsonValueKind.True },
                PrivateRecord.Member(record, "stream") is { } stream ? StreamIn(stream) : null)
            : null;

    private static JsonObject StreamOf(ZfsStreamHead stream)
    {
        var record = new JsonObject
        {
            ["kind"] = Word(stream.Kind),
            ["to"] = Guid(stream.ToGuid),
            ["from"] = Guid(stream.FromGuid),
        };
        record.AddIf("several", stream.HoldsSeveral ? JsonValue.Create(true) : null);
        return record;
    }

    private static ZfsStreamHead? StreamIn(JsonElement record) =>
        Enumerated<ZfsObjectSet>(record, "kind") is { } kind && Guid(record, "to") is { } to && Guid(record, "from") is { } from
            ? new ZfsStreamHead(kind, to, from, Tolerant.Value(record, "several") is { ValueKind: JsonValueKind.True })
            : null;

    private static string Word<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();

    private static T? Enumerated<T>(JsonElement record, string name)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Word(value!.Value) == Tolerant.Text(record, name));

    /// <summary>As text: JSON numbers of others end at 2^53.</summary>
    private static string Guid(ulong guid) => guid.ToString(CultureInfo.InvariantCulture);

    private static ulong? Guid(JsonElement record, string name) =>
        ulong.TryParse(Tolerant.Text(record, name), NumberStyles.None, CultureInfo.InvariantCulture, out var guid) ? guid : null;
}
