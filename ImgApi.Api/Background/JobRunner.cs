using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Runs jobs until the server stops.</summary>
internal sealed class JobRunner(JobRegistry registry, IJobObserver observer, IServiceProvider services, ILogger<JobRunner> logger)
    : WorkAfterStart(logger)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await registry.ResumeUnfinishedAsync(cancellationToken) is var count and > 0)
        {
            observer.Continued(count);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Creates the workers after the start, because the rules of the manifest validator behind them take long to create.</summary>
    protected override Task WorkAsync(CancellationToken stopping) => services.GetRequiredService<JobWorkers>().RunAsync(stopping);
}
