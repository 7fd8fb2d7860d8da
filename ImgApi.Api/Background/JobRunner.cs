using ImgApi.Domain.Importing;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Runs jobs for as long as the server runs.</summary>
internal sealed class JobRunner(JobWorkers workers, ILogger<JobRunner> logger) : WorkAfterStart(logger)
{
    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await workers.ContinueAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken stopping) => workers.RunAsync(stopping);
}
