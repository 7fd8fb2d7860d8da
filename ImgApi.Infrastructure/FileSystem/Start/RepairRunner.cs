using System.Collections.Concurrent;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Start;

/// <summary>Runs the repairs of a start. Successes are reported; a failure is logged and does not stop the start.</summary>
internal sealed class RepairRunner(ILogger logger)
{
    private readonly ConcurrentQueue<string> _repaired = new();

    public IReadOnlyList<string> Repaired => [.. _repaired.Order(StringComparer.Ordinal)];

    public void Try(string repair, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.NotRepaired(logger, e, repair);
            return;
        }

        FileSystemLog.Repaired(logger, repair);
        _repaired.Enqueue(repair);
    }
}
