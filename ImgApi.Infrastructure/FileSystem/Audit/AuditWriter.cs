using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>
/// Appends events to the last file, begins new files, and deletes old ones. Only <see cref="LastNumber"/> is thread-safe. After a fault, the file
/// has what it had before.
/// </summary>
internal sealed class AuditWriter : IDisposable
{
    /// <summary>The action of the event that says which events were deleted because of their age.</summary>
    public const string Deletion = "DeleteOldEvents";

    /// <summary>The member of <see cref="AuditEvent.Changed"/> with the number of the first event that is kept.</summary>
    public const string FirstEvent = "first";

    private readonly HiddenFolder _folder;
    private readonly AuditRules _rules;
    private readonly TimeProvider _clock;
    private AuditFile? _file;
    private AuditStream? _stream;
    private long _length;
    private long _number;
    private string _hash = AuditLine.NoHash;

    /// <summary>Continues after the last event that can be read, and removes a part of a line that a killed process left.</summary>
    public AuditWriter(HiddenFolder folder, AuditRules rules, TimeProvider clock)
    {
        (_folder, _rules, _clock) = (folder, rules, clock);
        var files = AuditFile.In(folder.Path);
        if (files.Count == 0)
        {
            return;
        }

        _file = files[^1];
        _length = _file.Lines().Sum(line => line.Length + 1L);
        var last = files.Reverse().Select(file => file.Last()).FirstOrDefault(one => one is not null);
        (_number, _hash) = (Math.Max(last?.Number ?? 0, _file.First - 1), last?.Hash ?? _hash);
    }

    /// <summary>Number of the last event; 0 if there is none.</summary>
    public long LastNumber => Volatile.Read(ref _number);

    /// <summary>Writes events with one flush.</summary>
    /// <returns>The events as recorded.</returns>
    /// <exception cref="IOException">The disk has failed or is full; no event was recorded.</exception>
    public IReadOnlyList<AuditEvent> Write(IReadOnlyList<AuditEvent> events)
    {
        var now = _clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var isNew = Open(today);
        var (recorded, lines) = Seal(isNew ? [.. Deletions(today), .. events] : events, now);
        try
        {
            _stream!.Append(lines, mayUseReserve: events.All(one => one.MustFit));
        }
        catch
        {
            Close();
            throw;
        }

        (_number, _hash, _length) = (recorded[^1].Number, recorded[^1].Hash!, _stream.Length);
        if (isNew)
        {
            DeleteOld(today);
        }

        return recorded.TakeLast(events.Count).ToArray();
    }

    public void Dispose() => Close();

    /// <summary>Opens the file to write to. Returns whether it is a new one.</summary>
    private bool Open(DateOnly today)
    {
        if (_file is null || _length >= _rules.FileSize || (_file.Day != today && _length > 0))
        {
            try
            {
                Use(AuditFile.Named(_folder.Path, _number + 1, today), length: 0);
                return true;
            }
            catch (IOException) when (_file is not null)
            {
                // On a full disk, the old file may still have its reserve.
            }
        }

        if (_stream is null)
        {
            Use(_file, _length);
        }

        return false;
    }

    private void Use(AuditFile file, long length)
    {
        _folder.EnsureExists();
        var stream = new AuditStream(file.Path, length);
        try
        {
            DurableFile.FlushFolder(_folder.Path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        Close();
        (_file, _stream, _length) = (file, stream, length);
    }

    private (List<AuditEvent> Recorded, byte[] Lines) Seal(IReadOnlyList<AuditEvent> events, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        var recorded = new List<AuditEvent>(events.Count);
        var hash = _hash;
        foreach (var one in events)
        {
            var (line, sealedEvent) = AuditLine.Seal(one with { Number = _number + recorded.Count + 1, Time = now }, hash);
            bytes.Write(line);
            recorded.Add(sealedEvent);
            hash = sealedEvent.Hash!;
        }

        return (recorded, bytes.ToArray());
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>The event that says which events are about to be deleted, if there are any.</summary>
    private IEnumerable<AuditEvent> Deletions(DateOnly today)
    {
        var files = AuditFile.In(_folder.Path);
        var old = Old(files, today).Count();
        return old == 0 ? [] :
        [
            new AuditEvent
            {
                Action = Deletion,
                Changed = new Dictionary<string, FieldChange> { [FirstEvent] = new($"{files[0].First}", $"{files[old].First}") },
                Reason = $"events are kept for {_rules.Days} days",
            },
        ];
    }

    private void DeleteOld(DateOnly today)
    {
        foreach (var file in Old(AuditFile.In(_folder.Path), today))
        {
            DurableFile.TryDelete(file.Path);
        }
    }

    /// <summary>The files whose events are all too old, since the next file is also from before the limit.</summary>
    private IEnumerable<AuditFile> Old(IReadOnlyList<AuditFile> files, DateOnly today) =>
        files.Zip(files.Skip(1)).Where(pair => pair.Second.Day < today.AddDays(-_rules.Days)).Select(pair => pair.First);
}
