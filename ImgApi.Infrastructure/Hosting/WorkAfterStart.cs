using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.Hosting;

/// <summary>
/// Background work that begins once the server accepts requests, so that it does not slow the start down. A fault is logged, and the server
/// runs without the work until it is restarted.
/// </summary>
public abstract partial class WorkAfterStart(ILogger logger) : BackgroundService, IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does nothing yet.</summary>
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Starts the work.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The work. Runs until it is done, or the server ends.</summary>
    protected abstract Task WorkAsync(CancellationToken stopping);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(logger, fault, GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and will not run again until restart")]
    private static partial void LogFailed(ILogger logger, Exception fault, string work);
}
