using System.Buffers;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Keeps the first bytes of a content while it passes, and shows them once: when there are <see cref="Limit"/> of them, or
/// when the content has ended before.
/// </summary>
/// <param name="look">Gets the bytes, which are lent for the call, and whether they are the whole content. Throws to refuse it.</param>
internal sealed class ContentHead(ContentHead.Look look) : IDisposable
{
    /// <summary>The most bytes that are kept: room for one block of bzip2, the coarsest of the compressions.</summary>
    public const int Limit = 1024 * 1024;

    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(Limit);
    private int _count;

    /// <summary>Sees the first bytes.</summary>
    public delegate void Look(ReadOnlyMemory<byte> head, bool isWhole);

    /// <summary>Takes the next bytes of the content.</summary>
    /// <param name="bytes">Any number of them, also none.</param>
    /// <param name="isLast">Whether no more come.</param>
    public void Pass(ReadOnlySpan<byte> bytes, bool isLast)
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
            look(_bytes.AsMemory(0, _count), isLast && kept.Length == bytes.Length);
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
