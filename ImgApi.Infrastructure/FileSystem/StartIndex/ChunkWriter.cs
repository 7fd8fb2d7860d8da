using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Writes values for <see cref="ChunkReader"/>. A repeated text is written once: it begins with the number 0 for null, 1 for a new text, which
/// follows, or n + 2 for the n-th earlier text.
/// </summary>
internal sealed class ChunkWriter : BinaryWriter
{
    // Throws for half a surrogate pair, which a manifest cannot contain, instead of replacing it.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MemoryStream _bytes;
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public ChunkWriter()
        : this(new MemoryStream())
    {
    }

    private ChunkWriter(MemoryStream bytes)
        : base(bytes, Utf8) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    public void Clear()
    {
        _bytes.SetLength(0);
        _texts.Clear();
    }

    public void Text(string? value)
    {
        var isNew = value is not null && _texts.TryAdd(value, _texts.Count);
        Write7BitEncodedInt(value is null ? 0 : isNew ? 1 : _texts[value] + 2);
        if (isNew)
        {
            Write(value!);
        }
    }

    /// <summary>Keeps each byte, even if it is not valid UTF-8.</summary>
    public void Json(JsonElement value) => Text(Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(value)));

    public void Instant(DateTimeOffset value)
    {
        Write(value.Ticks);
        Write(value.Offset.Ticks);
    }

    public void Id(Uuid value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Uuid>(in value)));

    public void List<T>(IReadOnlyList<T> values, Action<T> write)
    {
        Write7BitEncodedInt(values.Count);
        foreach (var value in values)
        {
            write(value);
        }
    }
}
