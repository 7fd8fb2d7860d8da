using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Reads values that <see cref="ChunkWriter"/> has written. Repeated values become one instance. For other bytes the result is undefined, or it
/// throws <see cref="ArgumentException"/>, <see cref="InvalidDataException"/> or <see cref="JsonException"/>.
/// </summary>
internal ref struct ChunkReader(ReadOnlySpan<byte> bytes)
{
    private const int BitsOfCount = 31;

    private static readonly JsonDocumentOptions Format = new() { MaxDepth = Domain.Manifests.ManifestDocument.MaxDepth };

    private readonly List<string> _texts = [];
    private readonly List<JsonElement> _pieces = [];
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    public int Count()
    {
        var value = 0L;
        for (var shift = 0; shift < BitsOfCount; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7f) << shift;
            if (next <= 0x7f)
            {
                return value <= int.MaxValue ? (int)value : throw new InvalidDataException("A count is too large.");
            }
        }

        throw new InvalidDataException("A count has no end.");
    }

    public long Integer() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public long? IntegerOrNone() => Boolean() ? Integer() : null;

    public bool Boolean() => Byte() != 0;

    public bool? BooleanOrNone() => Byte() switch
    {
        0 => null,
        var value => value == 2,
    };

    public DateTimeOffset Instant() => new(Integer(), new TimeSpan(Integer()));

    public Uuid Id() => MemoryMarshal.Read<Uuid>(Take(Unsafe.SizeOf<Uuid>()));

    public Uuid? IdOrNone() => Boolean() ? Id() : null;

    public string Text() => TextOrNone() ?? throw new InvalidDataException("A text is missing.");

    public string? TextOrNone()
    {
        var number = Count();
        if (number == 1)
        {
            _texts.Add(ChunkWriter.Utf8.GetString(Take(Count())));
        }

        return number == 0 ? null : _texts[number == 1 ? ^1 : number - 2];
    }

    public JsonElement? Json()
    {
        var number = Count();
        if (number == 1)
        {
            _pieces.Add(JsonElement.Parse(Take(Count()), Format));
        }

        return number == 0 ? null : _pieces[number == 1 ? ^1 : number - 2];
    }

    public IReadOnlyList<Uuid> Ids()
    {
        var ids = MemoryMarshal.Cast<byte, Uuid>(Take(Math.Max(0, Count() - 1) * Unsafe.SizeOf<Uuid>()));
        return ids.IsEmpty ? [] : ids.ToArray();
    }

    public IReadOnlyList<string>? Texts()
    {
        var count = Count() - 1;
        if (count <= 0)
        {
            return count == 0 ? [] : null;
        }

        // Each text needs at least one byte, which limits the size of the array.
        var texts = new string[count <= _bytes.Length - _position ? count : throw new InvalidDataException("There are too few texts.")];
        for (var i = 0; i < count; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    private byte Byte() => _position < _bytes.Length ? _bytes[_position++] : throw new InvalidDataException("The end is missing.");

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
