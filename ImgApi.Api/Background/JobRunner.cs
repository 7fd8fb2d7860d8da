using ImgApi.Domain.Importing;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Runs jobs until the server stops.</summary>
internal sealed class JobRunner(JobWorkers workers, ILogger<JobRunner> logger) : WorkAfterStart(logger)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await workers.ContinueAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken stopping) => workers.RunAsync(stopping);
}
