using System.Collections.Concurrent;

namespace ImgApi.Domain.Uploads;

/// <summary>The unfinished uploads that were used since the start.</summary>
internal sealed class LiveUploads(IUploadStore store) : IDisposable
{
    // Reading again must not slow down requests.
    private const int ConcurrentReads = 2;

    private readonly ConcurrentDictionary<Uuid, LiveUpload> _uploads = new();
    private readonly SemaphoreSlim _reading = new(ConcurrentReads);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Takes the turn, which ends another request, for an action. Its second argument is canceled by a newer request.</summary>
    public async Task<T> InTurnAsync<T>(Uuid id, Func<LiveUpload, CancellationToken, Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            var live = Of(id);
            using var turn = await live.Turns.TakeAsync(cancellation);
            return await action(live, turn.Token);
        }
        finally
        {
            await ForgetIfOverAsync(id);
        }
    }

    /// <summary>Ends background work.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private LiveUpload Of(Uuid id) =>
        _uploads.GetOrAdd(id, _ => new LiveUpload(new RunningDigest(store, id, _reading, _stopping.Token)));

    /// <summary>Forgets an upload if it was removed or finished. Requests that wait for their turn find that out.</summary>
    private async ValueTask ForgetIfOverAsync(Uuid id)
    {
        if (await store.FindAsync(id, CancellationToken.None) is null or { IsFinished: true } && _uploads.TryRemove(id, out var live))
        {
            live.Digest.Dispose();
        }
    }
}
