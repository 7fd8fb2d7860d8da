using System.IO.Pipelines;
using System.Threading.RateLimiting;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Responses;

/// <summary>
/// Writes an answer to its connection in pieces, and waits after each until the connection has room for more. The web server copies each write
/// into memory of the connection, so a client that does not read would cost the length of its answer.
/// </summary>
/// <param name="room">
/// The bytes of large pieces of all answers together: measured, such pieces send a list a third faster.
/// </param>
/// <param name="traffic">Counts the bytes.</param>
internal sealed class PiecewiseWriter(PipeWriter inner, RateLimiter room, TrafficHistory traffic) : PipeWriter
{
    public const int PieceSize = 64 * 1024;

    /// <summary>
    /// Size of a piece in bytes while there is room. Larger ones are no faster, and would disconnect clients whose link is merely slow: each
    /// has to reach the client within the time of <see cref="TransferRates.Answers"/>.
    /// </summary>
    public const int MaxAtOnce = 512 * 1024;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (source.Length > PieceSize)
        {
            return WriteLongAsync(source, cancellationToken);
        }

        traffic.CountSent(source.Length);
        return inner.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        inner.Advance(bytes);
        traffic.CountSent(bytes);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<FlushResult> WriteLongAsync(ReadOnlyMemory<byte> source, CancellationToken cancellation)
    {
        var wanted = Math.Min(source.Length, MaxAtOnce);
        using var lease = room.AttemptAcquire(wanted);
        var pieceSize = lease.IsAcquired ? wanted : PieceSize;
        for (; source.Length > pieceSize; source = source[pieceSize..])
        {
            traffic.CountSent(pieceSize);
            var sent = await inner.WriteAsync(source[..pieceSize], cancellation);
            if (sent.IsCompleted || sent.IsCanceled)
            {
                return sent;
            }
        }

        traffic.CountSent(source.Length);
        return await inner.WriteAsync(source, cancellation);
    }
}
