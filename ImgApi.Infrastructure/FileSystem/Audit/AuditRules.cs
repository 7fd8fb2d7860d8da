namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>How long events are kept, and in files of which size.</summary>
public sealed record AuditRules
{
    /// <summary>Days after which events are deleted (configuration key <c>auditDays</c>).</summary>
    public int Days { get; init; } = 365;

    /// <summary>Bytes of a file after which a new one begins. A new day also begins a new file.</summary>
    public long FileSize { get; init; } = 8L * 1024 * 1024;
}
