using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>Stores every minute how often images were fetched, and at the end, when all requests have ended.</summary>
internal sealed class FetchFlush(FetchRegister fetches, TimeProvider clock, ILogger<FetchFlush> logger) : WorkAfterStart(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await fetches.FlushAsync(CancellationToken.None);
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, stopping);
            await fetches.FlushAsync(stopping);
        }
    }
}
