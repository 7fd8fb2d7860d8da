using System.Buffers;
using System.Security.Cryptography;
using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Copies content to a writer and hashes it. There are two buffers: one is filled from the source while the other is hashed and written.
/// Both hashes are computed in parallel. Memory use does not depend on the size.
/// </summary>
internal sealed class ContentIntake(IContentWriter target) : IDisposable
{
    // Large enough for few writes, small enough for the processor's cache.
    private const int BufferSize = 256 * 1024;

#pragma warning disable CA5350, CA5351 // The wire demands SHA-1 and MD5; they detect damage, not attacks.
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351

    /// <summary>Reads the first <see cref="ContentFormats.HeadLength"/> bytes of a source, or the whole source if it is shorter.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream source, CancellationToken cancellation)
    {
        var start = new byte[ContentFormats.HeadLength];
        return start.AsMemory(0, await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation));
    }

    /// <param name="source">The bytes after <paramref name="start"/>.</param>
    /// <param name="start">The result of <see cref="ReadHeadAsync"/>; empty if it was not called.</param>
    /// <param name="target">Not committed here.</param>
    /// <param name="checkSize">Called with the number of bytes so far; throws to refuse more.</param>
    /// <param name="cancellation">Checked between two buffers.</param>
    public static async Task<ContentDigest> CopyAsync(
        Stream source, ReadOnlyMemory<byte> start, IContentWriter target, ContentHead head, Action<long> checkSize, CancellationToken cancellation)
    {
        using var intake = new ContentIntake(target);
        var filling = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbing = ArrayPool<byte>.Shared.Rent(BufferSize);
        var absorbed = Task.CompletedTask;
        try
        {
            long size = 0;
            start.CopyTo(filling);
            for (var filled = start.Length; await FillAsync(source, filling, filled, cancellation) is var count and > 0; filled = 0)
            {
                size += count;
                await absorbed;
                checkSize(size);
                head.Add(filling.AsSpan(0, count), isLast: count < BufferSize);
                (filling, absorbing) = (absorbing, filling);
                var full = absorbing;
                absorbed = Task.Run(() => intake.AbsorbAsync(full.AsMemory(0, count)), CancellationToken.None);
            }

            head.Add([], isLast: true);
            await absorbed;
            return intake.Digest(size);
        }
        finally
        {
            // The buffers must not return to the pool before the last write has ended.
            await absorbed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(absorbing);
        }
    }

    public void Dispose()
    {
        _sha1.Dispose();
        _md5.Dispose();
    }

    /// <summary>Fills the rest of a buffer. Returns its number of bytes: fewer than <see cref="BufferSize"/> only at the end of the source.</summary>
    private static async Task<int> FillAsync(Stream source, byte[] buffer, int filled, CancellationToken cancellation) =>
        filled + await source.ReadAtLeastAsync(
            buffer.AsMemory(filled, BufferSize - filled), BufferSize - filled, throwOnEndOfStream: false, cancellation);

    private async Task AbsorbAsync(ReadOnlyMemory<byte> bytes)
    {
        var md5 = Task.Run(() => _md5.AppendData(bytes.Span));
        try
        {
            _sha1.AppendData(bytes.Span);
            await target.WriteAsync(bytes, CancellationToken.None);
        }
        finally
        {
            await md5;
        }
    }

    private ContentDigest Digest(long size) =>
        new(size, Convert.ToHexStringLower(_sha1.GetHashAndReset()), Convert.ToBase64String(_md5.GetHashAndReset()));
}

/// <summary>Size in bytes, lower-case hex SHA-1, Base64 MD5.</summary>
internal sealed record ContentDigest(long Size, string Sha1, string Md5);
