namespace ImgApi.Domain.Audit;

/// <summary>Which events to read, the newest first. Null means any.</summary>
public sealed record AuditQuery
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 100;

    public Uuid? Image { get; init; }
    public string? User { get; init; }
    public string? Action { get; init; }
    public DateTimeOffset? Since { get; init; }

    /// <summary>Number of an event; only earlier ones are read.</summary>
    public long? Before { get; init; }

    /// <summary>Number of an event; only later ones are read.</summary>
    public long? After { get; init; }

    /// <summary>Maximum number of events.</summary>
    public int Limit { get; init; } = DefaultLimit;

    public bool Matches(AuditEvent one) =>
        (Image is null || one.Image == Image)
        && (User is null || one.User == User)
        && (Action is null || one.Action == Action)
        && (Since is null || one.Time >= Since)
        && (Before is null || one.Number < Before)
        && (After is null || one.Number > After);
}
