using System.Buffers;

namespace ImgApi.Domain.UseCases;

/// <summary>Collects the first bytes of arriving content and inspects them once: at <see cref="Limit"/> bytes, or at the end.</summary>
internal sealed class ContentHead(ContentHead.Inspector inspect) : IDisposable
{
    /// <summary>Maximum number of bytes: enough for one block of bzip2, the largest unit of the compressions.</summary>
    public const int Limit = 1024 * 1024;

    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(Limit);
    private int _count;

    /// <summary>Inspects the first bytes, which are valid during the call only. Throws to refuse the content.</summary>
    public delegate void Inspector(ReadOnlyMemory<byte> head, bool isWhole);

    public void Add(ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (_bytes is null)
        {
            return;
        }

        var kept = bytes[..Math.Min(bytes.Length, Limit - _count)];
        kept.CopyTo(_bytes.AsSpan(_count));
        _count += kept.Length;
        if (isLast || _count == Limit)
        {
            inspect(_bytes.AsMemory(0, _count), isLast && kept.Length == bytes.Length);
            Dispose();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
