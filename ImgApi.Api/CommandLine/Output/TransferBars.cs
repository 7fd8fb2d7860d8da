using Spectre.Console;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>
/// The progress of transfers, a line each with bytes, rate and time left, on standard error. Nothing is shown if no person sees it.
/// </summary>
internal sealed class TransferBars
{
    private readonly ProgressContext? _context;

    private TransferBars(ProgressContext? context) => _context = context;

    /// <summary>Runs transfers that may show bars.</summary>
    public static Task<T> RunAsync<T>(Printer printer, Func<TransferBars, Task<T>> transfers) => !printer.ShowsProgress
        ? transfers(new TransferBars(null))
        : new Progress(Terminal.Error)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn(),
                new DownloadedColumn { Base = FileSizeBase.Binary }, new TransferSpeedColumn { Base = FileSizeBase.Binary }, new RemainingTimeColumn())
            .StartAsync(context => transfers(new TransferBars(context)));

    /// <summary>Adds a bar.</summary>
    /// <param name="name">What is transferred; may come from a server.</param>
    /// <param name="size">Total bytes; null if unknown.</param>
    public TransferBar Add(string name, long? size)
    {
        var task = _context?.AddTask(Markup.Escape(VisibleText.Clean(name)), maxValue: Math.Max(1, size ?? 1));
        if (task is not null && size is null)
        {
            task.IsIndeterminate = true;
        }

        return new TransferBar(task);
    }
}

/// <summary>The bar of one transfer.</summary>
internal sealed class TransferBar(ProgressTask? task)
{
    /// <summary>Sets the number of bytes so far, and the total if it is known by now. Thread-safe.</summary>
    public void Set(long bytes, long? size = null)
    {
        if (task is not null)
        {
            if (size is { } total)
            {
                (task.MaxValue, task.IsIndeterminate) = (Math.Max(1, total), false);
            }

            task.Value = bytes;
        }
    }

    /// <summary>The transfer is complete.</summary>
    public void Complete()
    {
        if (task is not null)
        {
            task.IsIndeterminate = false;
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
