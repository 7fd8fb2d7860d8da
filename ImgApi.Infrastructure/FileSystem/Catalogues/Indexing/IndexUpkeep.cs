using ImgApi.Domain.Images;
using Microsoft.Extensions.Hosting;

namespace ImgApi.Infrastructure.FileSystem.Catalogues.Indexing;

/// <summary>Has the index written once the server has started, so that no client waits for it, and no longer than the server runs.</summary>
internal sealed class IndexUpkeep(IImageRepository images) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Ends when the index is written, or needed no writing.</summary>
    public Task Work => _work;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (images is FileSystemImageRepository { IndexUpdate: var update })
        {
            _work = Task.Run(() => update.Write(_stopping.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        // Whatever became of it, and however long a sick disk takes: the server ends.
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();
}
