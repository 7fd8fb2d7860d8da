using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads and writes values of one type in the index. Null is an absent value.</summary>
internal sealed class ValueCodec
{
    private static readonly Dictionary<Type, ValueCodec> ByType = new()
    {
        [typeof(string)] = new((to, value) => to.Text((string?)value), (ref from) => from.TextOrNone()),
        [typeof(bool)] = new((to, value) => to.Boolean((bool?)value), (ref from) => from.BooleanOrNone()),
        [typeof(int)] = new((to, value) => to.Integer((int?)value), (ref from) => (int?)from.IntegerOrNone()),
        [typeof(long)] = new((to, value) => to.Integer((long?)value), (ref from) => from.IntegerOrNone()),
        [typeof(Uuid)] = new((to, value) => to.Id((Uuid?)value), (ref from) => from.IdOrNone()),
        [typeof(Timestamp)] = new((to, value) => to.Text(((Timestamp?)value)?.Text), ReadTimestamp),
        [typeof(JsonElement)] = new((to, value) => to.Json((JsonElement?)value), (ref from) => from.Json()),
        [typeof(IReadOnlyList<string>)] = new((to, value) => to.All((IReadOnlyList<string>?)value, to.Text), (ref from) => from.Texts()),
        [typeof(IReadOnlyList<Uuid>)] = new((to, value) => to.All((IReadOnlyList<Uuid>?)value, to.Id), (ref from) => from.Ids()),
    };

    private ValueCodec(Action<ChunkWriter, object?> write, Reader read) => (Write, Read) = (write, read);

    /// <summary>Reads a value, and throws as <see cref="ChunkReader"/> does.</summary>
    public delegate object? Reader(ref ChunkReader from);

    public Action<ChunkWriter, object?> Write { get; }

    public Reader Read { get; }

    public static ValueCodec For(FieldKind kind) => ByType[kind.Type];

    private static Timestamp? ReadTimestamp(ref ChunkReader from) => from.TextOrNone() switch
    {
        null => null,
        var text => Timestamp.TryParse(text, out var timestamp) ? timestamp : throw new InvalidDataException("A timestamp is wrong."),
    };
}
