using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads values that <see cref="ChunkWriter"/> has written. Repeated values become one instance.</summary>
internal sealed class ChunkReader(ArraySegment<byte> chunk) : BinaryReader(new MemoryStream(chunk.Array!, chunk.Offset, chunk.Count))
{
    private static readonly JsonDocumentOptions Format = new() { MaxDepth = ManifestDocument.MaxDepth };

    private readonly List<string> _texts = [];
    private readonly Dictionary<string, JsonElement> _pieces = new(ReferenceEqualityComparer.Instance);

    public bool IsAtEnd => BaseStream.Position == BaseStream.Length;

    public string? Text()
    {
        var number = Read7BitEncodedInt();
        if (number == 1)
        {
            _texts.Add(ReadString());
        }

        return number == 0 ? null : _texts[number == 1 ? ^1 : number - 2];
    }

    public JsonElement Json()
    {
        var text = Text()!;
        if (!_pieces.TryGetValue(text, out var piece))
        {
            _pieces.Add(text, piece = JsonElement.Parse(Encoding.Latin1.GetBytes(text), Format));
        }

        return piece;
    }

    public DateTimeOffset Instant() => new(ReadInt64(), new TimeSpan(ReadInt64()));

    public Uuid Id()
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<Uuid>()];
        ReadExactly(bytes);
        return MemoryMarshal.Read<Uuid>(bytes);
    }

    public T[] List<T>(Func<T> read)
    {
        var values = new List<T>();
        for (var left = Read7BitEncodedInt(); left > 0; left--)
        {
            values.Add(read());
        }

        return [.. values];
    }
}
