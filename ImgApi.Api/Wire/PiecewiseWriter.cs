using System.IO.Pipelines;

namespace ImgApi.Api.Wire;

/// <summary>
/// Writes an answer to its connection in pieces, and waits after each until the connection has room for more. The web server copies all that it
/// gets in one write into memory of the connection: without this a client that does not read costs the length of its answer.
/// </summary>
internal sealed class PiecewiseWriter(PipeWriter inner) : PipeWriter
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceSize = 64 * 1024;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        for (; source.Length > PieceSize; source = source[PieceSize..])
        {
            var sent = await inner.WriteAsync(source[..PieceSize], cancellationToken);
            if (sent.IsCompleted || sent.IsCanceled)
            {
                return sent;
            }
        }

        return await inner.WriteAsync(source, cancellationToken);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
