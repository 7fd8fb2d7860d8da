using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads and writes values of one type in the index.</summary>
internal sealed record ValueCodec(Action<ChunkWriter, object> Write, Func<ChunkReader, object> Read)
{
    private static readonly Dictionary<Type, ValueCodec> ByType = new()
    {
        [typeof(string)] = new((to, value) => to.Text((string)value), from => from.Text()!),
        [typeof(bool)] = new((to, value) => to.Write((bool)value), from => from.ReadBoolean()),
        [typeof(int)] = new((to, value) => to.Write((int)value), from => from.ReadInt32()),
        [typeof(long)] = new((to, value) => to.Write((long)value), from => from.ReadInt64()),
        [typeof(Uuid)] = new((to, value) => to.Id((Uuid)value), from => from.Id()),
        [typeof(Timestamp)] = new((to, value) => to.Text(((Timestamp)value).Text), ReadTimestamp),
        [typeof(JsonElement)] = new((to, value) => to.Json((JsonElement)value), from => from.Json()),
        [typeof(IReadOnlyList<string>)] = new((to, value) => to.List((IReadOnlyList<string>)value, to.Text), from => from.List(() => from.Text()!)),
        [typeof(IReadOnlyList<Uuid>)] = new((to, value) => to.List((IReadOnlyList<Uuid>)value, to.Id), from => from.List(from.Id)),
    };

    public static ValueCodec For(FieldKind kind) => ByType[kind.Type];

    private static Timestamp ReadTimestamp(ChunkReader from) =>
        Timestamp.TryParse(from.Text(), out var timestamp) ? timestamp : throw new InvalidDataException("A timestamp is invalid.");
}
