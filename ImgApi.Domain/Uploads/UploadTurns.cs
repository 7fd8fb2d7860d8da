namespace ImgApi.Domain.Uploads;

/// <summary>
/// Lets one request at a time use an upload. A new request ends the earlier ones and waits for that: if the connection of a client has died
/// unnoticed, its request would otherwise hold the upload for minutes.
/// </summary>
#pragma warning disable CA1001 // Requests may still wait when an upload is forgotten. Only wait handles need to be disposed.
internal sealed class UploadTurns
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _taking = new();
    private Turn? _latest;

    /// <exception cref="ImgApiException"><c>UploadConflict</c> if a newer request came while this one waited.</exception>
    public async Task<Turn> TakeAsync(CancellationToken cancellation)
    {
        var turn = new Turn(this, cancellation);
        lock (_taking)
        {
            _latest?.Cancel();
            _latest = turn;
        }

        try
        {
            await _gate.WaitAsync(turn.Token);
            return turn;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Forget(turn);
            throw TakenOver();
        }
        catch
        {
            Forget(turn);
            throw;
        }
    }

    public static ImgApiException TakenOver() => new(ErrorCode.UploadConflict, "another request continues this upload");

    private void Forget(Turn turn)
    {
        lock (_taking)
        {
            _latest = _latest == turn ? null : _latest;
            turn.End();
        }
    }

    /// <summary>A turn, which ends when it is disposed.</summary>
    internal sealed class Turn(UploadTurns turns, CancellationToken cancellation) : IDisposable
    {
        private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        private bool _isOver;

        /// <summary>Canceled with the request, and by a newer request.</summary>
        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            turns.Forget(this);
            turns._gate.Release();
        }

        // Only under the lock, as End, so that a source is never canceled after it was disposed.
        internal void Cancel()
        {
            if (!_isOver)
            {
                _source.Cancel();
            }
        }

        internal void End()
        {
            _isOver = true;
            _source.Dispose();
        }
    }
}
