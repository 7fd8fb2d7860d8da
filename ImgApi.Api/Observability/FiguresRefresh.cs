using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Observability;

/// <summary>Refreshes the stored figures while they are sent to a collector. A request of <c>/metrics</c> refreshes them itself.</summary>
internal sealed class FiguresRefresh(StoredFigures figures, TimeProvider clock, ILogger<FiguresRefresh> logger) : WorkAfterStart(logger)
{
    // Shorter than the usual interval between two exports.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            await figures.RefreshAsync(stopping);
            await Task.Delay(Interval, clock, stopping);
        }
    }
}
