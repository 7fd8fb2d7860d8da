using System.Collections.Concurrent;
using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// Stores events in a hidden folder of the data folder, see <see cref="AuditLine"/>. Events that arrive while others are written are written
/// together, with one flush.
/// </summary>
internal sealed class FileSystemAuditLog(DataFolder data, AuditRules rules, TimeProvider clock, ILogger<FileSystemAuditLog> logger)
    : IAuditLog, IDisposable
{
    /// <summary>The actions of the events that mark the time between which the server runs.</summary>
    public const string Start = "StartServer", Stop = "StopServer";

    // Noted events that wait; each has less than two kilobytes.
    private const int MaxNoted = 1000;

    private readonly HiddenFolder _folder = new(data, FileNames.Audit);
    private readonly ConcurrentQueue<Entry> _queue = new();
    private readonly SemaphoreSlim _turn = new(1);
    private AuditWriter? _writer;
    private int _noted;
    private bool _isDisposed;

    /// <summary>
    /// Corrects the events of changes that a killed process did not complete, and records the start. Must precede the first change. If the
    /// disk fails, the server starts nevertheless, since reads need no events; the first change tries again.
    /// </summary>
    public void Open()
    {
        try
        {
            Writer.Write([.. AuditRecovery.Corrections(_folder.Path, data), AuditEvent.By(new Cause(Start))]);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.AuditNotWritten(logger, e);
        }
    }

    public long LastNumber => Volatile.Read(ref _writer)?.LastNumber ?? 0;

    public async Task<AuditEvent> AppendAsync(AuditEvent one)
    {
        var entry = new Entry(one);
        _queue.Enqueue(entry);
        await _turn.WaitAsync();
        try
        {
            if (!entry.Recorded.IsCompleted)
            {
                await Task.Run(WriteQueued);
            }
        }
        finally
        {
            _turn.Release();
        }

        return await entry.Recorded;
    }

    public void Note(AuditEvent one)
    {
        if (Interlocked.Increment(ref _noted) <= MaxNoted)
        {
            _ = NoteAsync(one);
        }
        else
        {
            Interlocked.Decrement(ref _noted);
            FileSystemLog.AuditFull(logger, one.Action);
        }
    }

    public Task<IReadOnlyList<AuditEvent>> ReadAsync(AuditQuery query, CancellationToken cancellation) =>
        StorageFault.RunAsync(() => AuditReader.Read(_folder.Path, query, cancellation), cancellation);

    public Task<IReadOnlyList<AuditEvent>> ReadAfterAsync(long number, int limit, CancellationToken cancellation) =>
        StorageFault.RunAsync(() => AuditReader.ReadAfter(_folder.Path, number, limit), cancellation);

    public void Dispose()
    {
        // A container that knows the log by two types disposes it twice.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        // An event that nobody waits for may still be written.
        _turn.Wait();
        try
        {
            _writer?.Write([AuditEvent.By(new Cause(Stop))]);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            FileSystemLog.AuditNotWritten(logger, e);
        }

        _writer?.Dispose();
        _turn.Dispose();
    }

    private AuditWriter Writer => _writer ??= new AuditWriter(_folder, rules, clock);

    private void WriteQueued()
    {
        var entries = new List<Entry>();
        while (_queue.TryDequeue(out var entry))
        {
            entries.Add(entry);
        }

        if (!TryWrite(entries, out var fault))
        {
            // One of them may fit although the others do not.
            foreach (var entry in entries.Where(entry => entries.Count == 1 || !TryWrite([entry], out fault)))
            {
                entry.Fail(StorageFault.IsFault(fault!) ? StorageFault.Translate(fault!) : fault!);
            }
        }
    }

    private bool TryWrite(List<Entry> entries, out Exception? fault)
    {
        try
        {
            var recorded = Writer.Write(entries.ConvertAll(entry => entry.Event));
            foreach (var (entry, one) in entries.Zip(recorded))
            {
                entry.Succeed(one);
            }

            fault = null;
            return true;
        }
        catch (Exception e)
        {
            // Also a bug ends the waits of those who appended the events.
            fault = e;
            return false;
        }
    }

    private async Task NoteAsync(AuditEvent one)
    {
        try
        {
            await AppendAsync(one);
        }
        catch (ImgApiException e)
        {
            FileSystemLog.AuditNotWritten(logger, e);
        }
        finally
        {
            Interlocked.Decrement(ref _noted);
        }
    }

    /// <summary>An event that waits to be written.</summary>
    private sealed class Entry(AuditEvent one)
    {
        private readonly TaskCompletionSource<AuditEvent> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AuditEvent Event => one;

        public Task<AuditEvent> Recorded => _recorded.Task;

        public void Succeed(AuditEvent recorded) => _recorded.SetResult(recorded);

        public void Fail(Exception fault) => _recorded.SetException(fault);
    }
}
