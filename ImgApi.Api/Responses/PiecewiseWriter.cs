using System.IO.Pipelines;
using ImgApi.Api.Http;

namespace ImgApi.Api.Responses;

/// <summary>
/// Writes an answer to its connection in pieces, and waits after each until the connection has room for more. The web server copies each write
/// into memory of the connection, so a client that does not read would cost the length of its answer.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="room">For answers that are written at once: measured, that sends a list of 1,000 images a third faster.</param>
internal sealed class PiecewiseWriter(PipeWriter inner, AnswerRoom room) : PipeWriter
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>
    /// Maximum bytes of an answer that is written at once. A write has to reach the client within the time of <see cref="TransferRates.Answers"/>,
    /// so a longer one would disconnect clients whose link is merely slow.
    /// </summary>
    public const int MaxAtOnce = 3 * 512 * 1024;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        source.Length <= PieceSize ? inner.WriteAsync(source, cancellationToken)
        : source.Length <= MaxAtOnce && room.TryTake(source.Length) ? WriteWholeAsync(source, cancellationToken)
        : WritePiecesAsync(source, cancellationToken);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<FlushResult> WriteWholeAsync(ReadOnlyMemory<byte> source, CancellationToken cancellation)
    {
        try
        {
            return await inner.WriteAsync(source, cancellation);
        }
        finally
        {
            room.Release(source.Length);
        }
    }

    private async ValueTask<FlushResult> WritePiecesAsync(ReadOnlyMemory<byte> source, CancellationToken cancellation)
    {
        for (; source.Length > PieceSize; source = source[PieceSize..])
        {
            var sent = await inner.WriteAsync(source[..PieceSize], cancellation);
            if (sent.IsCompleted || sent.IsCanceled)
            {
                return sent;
            }
        }

        return await inner.WriteAsync(source, cancellation);
    }
}
