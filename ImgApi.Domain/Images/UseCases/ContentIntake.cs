using System.Buffers;
using System.Security.Cryptography;

namespace ImgApi.Domain.Images.UseCases;

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

    /// <summary>Copies the source to its end.</summary>
    /// <param name="source">Read to the end, or until the limit is passed.</param>
    /// <param name="target">Receives every byte that was counted; not committed here.</param>
    /// <param name="limit">Bytes that may come at most.</param>
    /// <param name="tooBig">Makes the exception for a source that goes on after <paramref name="limit"/> bytes.</param>
    /// <param name="cancellation">Stops between two buffers.</param>
    public static async Task<ContentDigest> CopyAsync(
        Stream source, IContentWriter target, long limit, Func<Exception> tooBig, CancellationToken cancellation)
    {
        using var intake = new ContentIntake(target);
        var filling = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbing = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbed = Task.CompletedTask;
        try
        {
            long size = 0;
            while (await FillAsync(source, filling, cancellation) is var count and > 0)
            {
                size += count;
                await absorbed;
                if (size > limit)
                {
                    throw tooBig();
                }

                (filling, absorbing) = (absorbing, filling);
                var full = absorbing;
                absorbed = Task.Run(() => intake.AbsorbAsync(full.AsMemory(0, count)), CancellationToken.None);
            }

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

    private static async Task<int> FillAsync(Stream source, byte[] buffer, CancellationToken cancellation)
    {
        var filled = 0;
        while (filled < BufferSize)
        {
            var count = await source.ReadAsync(buffer.AsMemory(filled, BufferSize - filled), cancellation);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    private async Task AbsorbAsync(ReadOnlyMemory<byte> bytes)
    {
        var md5 = Task.Run(() => _md5.AppendData(bytes.Span));
        try
        {
            _sha1.AppendData(bytes.Span);
            _target.Write(bytes.Span);
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
