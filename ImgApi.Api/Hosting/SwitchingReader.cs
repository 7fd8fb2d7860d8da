using System.IO.Pipelines;

namespace ImgApi.Api.Hosting;

/// <summary>Reads from a connection; what follows a wait runs where <see cref="SocketThread"/> says.</summary>
internal sealed class SwitchingReader(PipeReader inner, SocketThread thread) : PipeReader
{
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        thread.ReceivedAsync(inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
}
