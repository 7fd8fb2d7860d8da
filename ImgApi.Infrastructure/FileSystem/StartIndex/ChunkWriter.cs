using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Writes values for <see cref="ChunkReader"/>. A repeated text or piece of JSON is written once: it begins with the number 0 for null, 1 for
/// a new value, which follows, or n + 2 for the n-th earlier value.
/// </summary>
internal sealed class ChunkWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);

    /// <summary>Throws for half a surrogate pair, which a manifest cannot contain, instead of replacing it.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _texts.Clear();
        _pieces.Clear();
    }

    /// <summary>A non-negative number in seven-bit groups.</summary>
    public void Count(int value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Integer(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Integer(long? value)
    {
        Boolean(value is not null);
        if (value is { } given)
        {
            Integer(given);
        }
    }

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Boolean(bool? value) => Byte(value is { } given ? (byte)(given ? 2 : 1) : (byte)0);

    public void Instant(DateTimeOffset value)
    {
        Integer(value.Ticks);
        Integer(value.Offset.Ticks);
    }

    public void Id(Uuid value) => _bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Uuid>(in value)));

    public void Id(Uuid? value)
    {
        Boolean(value is not null);
        if (value is { } given)
        {
            Id(given);
        }
    }

    public void Text(string? value)
    {
        if (IsNew(_texts, value))
        {
            var length = Utf8.GetByteCount(value);
            Count(length);
            _bytes.Advance(Utf8.GetBytes(value, _bytes.GetSpan(length)));
        }
    }

    public void Json(JsonElement? value)
    {
        var raw = value is { } element ? JsonMarshal.GetRawUtf8Value(element) : default;
        if (IsNew(_pieces, value is null ? null : Encoding.Latin1.GetString(raw)))
        {
            Count(raw.Length);
            _bytes.Write(raw);
        }
    }

    /// <summary>A list, or null.</summary>
    public void All<T>(IReadOnlyList<T>? values, Action<T> write)
    {
        Count(values is null ? 0 : values.Count + 1);
        foreach (var value in values ?? [])
        {
            write(value);
        }
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    private bool IsNew(Dictionary<string, int> known, [NotNullWhen(true)] string? value)
    {
        if (value is null)
        {
            Count(0);
            return false;
        }

        var isNew = known.TryAdd(value, known.Count);
        Count(isNew ? 1 : known[value] + 2);
        return isNew;
    }
}
