using ImgApi.Domain.Audit;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem.Audit;

/// <summary>An audit in a data folder of its own, without a server around it.</summary>
internal sealed class AuditFolder : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private DataFolder _data;

    public AuditFolder(AuditRules? rules = null)
    {
        Rules = rules ?? new AuditRules();
        (_data, Log) = Open();
    }

    public AuditRules Rules { get; }

    public FakeTimeProvider Clock { get; } = new(Now) { AutoAdvanceAmount = TimeSpan.Zero };

    public FileSystemAuditLog Log { get; private set; }

    public string Data => _folder.Combine("data");

    /// <summary>The files of events, the oldest first.</summary>
    public string[] Files => [.. Directory.GetFiles(Path.Combine(Data, ".imgapi-audit")).Order()];

    public static AuditEvent Event(string action = "test") => AuditEvent.By(new Cause(action, "joe"));

    public async Task<AuditEvent[]> AppendAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Log.AppendAsync(Event())));

    public async Task<AuditEvent[]> ReadAsync(AuditQuery? query = null) =>
        [.. await Log.ReadAsync(query ?? new AuditQuery(), CancellationToken.None)];

    /// <summary>Stops the server, changes its files, and starts it again.</summary>
    public void Restart(Action? meanwhile = null)
    {
        Log.Dispose();
        Kill(meanwhile);
    }

    /// <summary>As <see cref="Restart"/>, but nothing of the server runs at its end.</summary>
    public void Kill(Action? meanwhile = null)
    {
        _data.Dispose();
        meanwhile?.Invoke();
        (_data, Log) = Open();
    }

    /// <summary>Checks the audit, a while later.</summary>
    public IReadOnlyList<string> Problems(string? expected = null) =>
        AuditVerification.Verify(Data, expected, new FakeTimeProvider(Clock.GetUtcNow().AddHours(1))).Problems;

    public void Dispose()
    {
        Log.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    private (DataFolder, FileSystemAuditLog) Open()
    {
        var data = DataFolder.Open(Data);
        var log = new FileSystemAuditLog(data, Rules, Clock, NullLogger<FileSystemAuditLog>.Instance);
        log.Open();
        return (data, log);
    }
}
