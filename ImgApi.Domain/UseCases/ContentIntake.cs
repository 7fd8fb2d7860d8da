using System.Buffers;
using System.Runtime.ExceptionServices;
using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Copies arriving content. There are two buffers: one is filled from the source while the other is processed. Memory use does not depend on
/// the size.
/// </summary>
internal static class ContentIntake
{
    // Bytes. Large enough for few writes, small enough for the processor's cache.
    private const int BufferSize = 256 * 1024;

    /// <summary>Reads the first <see cref="ContentFormats.HeadLength"/> bytes of a source, or the whole source if it is shorter.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(Stream source, CancellationToken cancellation)
    {
        var start = new byte[ContentFormats.HeadLength];
        return start.AsMemory(0, await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation));
    }

    /// <summary>Copies a source to its end. If reading fails, the bytes that arrived before are processed, then the failure is thrown.</summary>
    /// <param name="source">The bytes after <paramref name="start"/>.</param>
    /// <param name="start">The result of <see cref="ReadHeadAsync"/>; empty if it was not called.</param>
    /// <param name="check">Called with each piece before it is processed; throws to refuse it.</param>
    /// <param name="process">Hashes and writes a piece while the next one arrives.</param>
    /// <param name="cancellation">Cancels reading.</param>
    public static async Task CopyAsync(
        Stream source, ReadOnlyMemory<byte> start, Action<ReadOnlyMemory<byte>> check, Func<ReadOnlyMemory<byte>, Task> process,
        CancellationToken cancellation)
    {
        var filling = ArrayPool<byte>.Shared.Rent(BufferSize);
        var processing = ArrayPool<byte>.Shared.Rent(BufferSize);
        var processed = Task.CompletedTask;
        try
        {
            start.CopyTo(filling);
            var filled = start.Length;
            for (ExceptionDispatchInfo? failure = null; failure is null; filled = 0)
            {
                (var count, failure) = await FillAsync(source, filling, filled, cancellation);
                await processed;
                if (count == 0)
                {
                    failure?.Throw();
                    return;
                }

                check(filling.AsMemory(0, count));
                (filling, processing) = (processing, filling);
                var full = processing.AsMemory(0, count);
                processed = Task.Run(() => process(full), CancellationToken.None);
                if (failure is not null)
                {
                    await processed;
                    failure.Throw();
                }
            }
        }
        finally
        {
            // The buffers must not return to the pool before the last piece is processed.
            await processed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(processing);
        }
    }

    /// <summary>Fills the rest of a buffer.</summary>
    /// <returns>The number of bytes in it: fewer than <see cref="BufferSize"/> only at the end of the source and after a failure.</returns>
    private static async Task<(int Count, ExceptionDispatchInfo? Failure)> FillAsync(
        Stream source, byte[] buffer, int filled, CancellationToken cancellation)
    {
        try
        {
            while (filled < BufferSize && await source.ReadAsync(buffer.AsMemory(filled, BufferSize - filled), cancellation) is var count and > 0)
            {
                filled += count;
            }

            return (filled, null);
        }
        catch (Exception failure)
        {
            return (filled, ExceptionDispatchInfo.Capture(failure));
        }
    }
}
