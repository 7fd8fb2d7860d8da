using Spectre.Console;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>
/// The progress of transfers, a line each with bytes, rate and time left, on standard error. Nothing is shown if no person sees it, or before
/// the first transfer begins.
/// </summary>
internal sealed class TransferBars
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _starting = new();
    private readonly List<Action> _after = [];
    private readonly Printer _printer;
    private ProgressContext? _context;
    private Task _display = Task.CompletedTask;

    private TransferBars(Printer printer) => _printer = printer;

    /// <summary>Runs transfers that may show bars.</summary>
    public static async Task<T> RunAsync<T>(Printer printer, Func<TransferBars, Task<T>> transfers)
    {
        var bars = new TransferBars(printer);
        try
        {
            return await transfers(bars);
        }
        finally
        {
            bars._ended.SetResult();
            await bars._display;
            bars._after.ForEach(print => print());
        }
    }

    /// <summary>Prints now, or after the bars if there are some, which other output would disturb.</summary>
    public void After(Action print)
    {
        if (_context is null)
        {
            print();
        }
        else
        {
            _after.Add(print);
        }
    }

    /// <summary>A remark for a person about the course of the transfer, above the bars.</summary>
    public void Note(string text)
    {
        if (_context is null)
        {
            _printer.Note(text);
        }
        else
        {
            Terminal.Error.WriteLine(VisibleText.Clean(text));
        }
    }

    /// <summary>A remark for a person about the end of the transfer.</summary>
    public void LastNote(string text) => After(() => _printer.Note(text));

    /// <summary>Adds a bar. Thread-safe.</summary>
    /// <param name="name">What is transferred; may come from a server.</param>
    /// <param name="size">Total bytes; null if unknown.</param>
    public TransferBar Add(string name, long? size)
    {
        if (!_printer.ShowsProgress)
        {
            return new TransferBar(null);
        }

        lock (_starting)
        {
            _context ??= Start();
        }

        var task = _context.AddTask(Markup.Escape(VisibleText.Clean(name)), maxValue: Math.Max(1, size ?? 1));
        task.IsIndeterminate = size is null;
        return new TransferBar(task);
    }

    private ProgressContext Start()
    {
        ProgressContext? started = null;
        _display = new Progress(Terminal.Error)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new PercentageColumn(),
                new DownloadedColumn { Base = FileSizeBase.Binary }, new TransferSpeedColumn { Base = FileSizeBase.Binary }, new RemainingTimeColumn())
            .StartAsync(context =>
            {
                started = context;
                return _ended.Task;
            });
        return started!;
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
