using System.Diagnostics.Metrics;

namespace ImgApi.Api.Observability;

/// <summary>Figures of the process and of .NET, with the names of OpenTelemetry's conventions.</summary>
internal sealed class ProcessMeter
{
    private const string OpenFiles = "/proc/self/fd";

    public ProcessMeter(IMeterFactory factory, Uptime uptime, TimeProvider clock)
    {
        var meter = factory.Create(ServerMeter.Name);
        meter.CreateObservableCounter("process.cpu.time", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the process.");
        meter.CreateObservableGauge("process.memory.usage", () => Environment.WorkingSet, "By", "Resident memory of the process.");
        meter.CreateObservableGauge("process.uptime", () => (clock.GetUtcNow() - uptime.StartedAt).TotalSeconds, "s", "Time since the start.");
        meter.CreateObservableCounter("dotnet.gc.pause.time", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time that collections of garbage have paused the process.");
        meter.CreateObservableGauge("dotnet.thread_pool.queue.length", () => ThreadPool.PendingWorkItemCount, null, "Work that waits for a thread.");
        if (Directory.Exists(OpenFiles))
        {
            meter.CreateObservableGauge(
                "process.open_fds", () => Directory.EnumerateFileSystemEntries(OpenFiles).Count(), null, "Open files and sockets.");
        }
    }
}
