using System.Buffers;
using System.Security.Cryptography;
using ImgApi.Domain.Contents;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Streams content into a writer while hashing it. Two buffers: one fills from the source while the other is hashed
/// and written, and the two hashes run beside each other. Memory does not depend on the size.
/// </summary>
internal sealed class ContentIntake : IDisposable
{
    // Large enough that file systems see few writes, small enough to stay in the processor's cache.
    private const int BufferSize = 256 * 1024;

    private readonly IContentWriter _target;

#pragma warning disable CA5350, CA5351 // The wire demands SHA-1 and MD5; they find damage, not attackers.
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351

    private ContentIntake(IContentWriter target) => _target = target;

    /// <summary>The first bytes of a source, <see cref="ContentFormats.Needed"/> of them unless it is shorter.</summary>
    public static async Task<ReadOnlyMemory<byte>> BeginAsync(Stream source, CancellationToken cancellation)
    {
        var begun = new byte[ContentFormats.Needed];
        return begun.AsMemory(0, await source.ReadAtLeastAsync(begun, begun.Length, throwOnEndOfStream: false, cancellation));
    }

    /// <summary>Copies the source to its end.</summary>
    /// <param name="source">Read to the end, unless it is refused.</param>
    /// <param name="begun">What <see cref="BeginAsync"/> has read of it; empty if it was not called. No longer than a buffer.</param>
    /// <param name="target">Receives every byte that was counted; not committed here.</param>
    /// <param name="head">Sees the first bytes; may refuse them.</param>
    /// <param name="checkSize">Gets the number of bytes that have come; throws to refuse more.</param>
    /// <param name="cancellation">Stops between two buffers.</param>
    public static async Task<ContentDigest> CopyAsync(
        Stream source, ReadOnlyMemory<byte> begun, IContentWriter target, ContentHead head, Action<long> checkSize, CancellationToken cancellation)
    {
        using var intake = new ContentIntake(target);
        var filling = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbing = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbed = Task.CompletedTask;
        try
        {
            long size = 0;
            begun.CopyTo(filling);
            for (var already = begun.Length; await FillAsync(source, filling, already, cancellation) is var count and > 0; already = 0)
            {
                size += count;
                await absorbed;
                checkSize(size);
                head.Pass(filling.AsSpan(0, count), isLast: count < BufferSize);
                (filling, absorbing) = (absorbing, filling);
                var full = absorbing;
                absorbed = Task.Run(() => intake.AbsorbAsync(full.AsMemory(0, count)), CancellationToken.None);
            }

            head.Pass([], isLast: true);
            await absorbed;
            return intake.Digest(size);
        }
        finally
        {
            // The buffers go back to the pool only when nobody reads them any more.
            await absorbed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(absorbing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha1.Dispose();
        _md5.Dispose();
    }

    /// <summary>Fills a buffer in which there are bytes already.</summary>
    /// <returns>All bytes that are in it then: fewer than <see cref="BufferSize"/> only at the end of the source.</returns>
    private static async Task<int> FillAsync(Stream source, byte[] buffer, int already, CancellationToken cancellation) =>
        already + await source.ReadAtLeastAsync(
            buffer.AsMemory(already, BufferSize - already), BufferSize - already, throwOnEndOfStream: false, cancellation);

    private async Task AbsorbAsync(ReadOnlyMemory<byte> bytes)
    {
        var md5 = Task.Run(() => _md5.AppendData(bytes.Span));
        try
        {
            _sha1.AppendData(bytes.Span);
            await _target.WriteAsync(bytes, CancellationToken.None);
        }
        finally
        {
            await md5;
        }
    }

    private ContentDigest Digest(long size) => new(
        size,
        Convert.ToHexStringLower(_sha1.GetHashAndReset()),
        Convert.ToBase64String(_md5.GetHashAndReset()));
}
