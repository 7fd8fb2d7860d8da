namespace ImgApi.Domain.Retention;

/// <summary>Which images are too old. An image that was activated goes if it meets <see cref="Keep"/> and <see cref="OlderThan"/>, as far as they are given.</summary>
public sealed record RetentionRules
{
    public const int DefaultFetchedWithinDays = 30;

    /// <summary>How many active images of the same name and owner must be newer, in each channel of the image. At least 1.</summary>
    public int? Keep { get; init; }

    /// <summary>Least time since the publication.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Least time without activity of images that were never activated; null keeps them.</summary>
    public TimeSpan? Unactivated { get; init; }

    /// <summary>Images that were fetched in this time stay.</summary>
    public TimeSpan FetchedWithin { get; init; } = TimeSpan.FromDays(DefaultFetchedWithinDays);

    public bool PrunesActivated => Keep is not null || OlderThan is not null;

    /// <summary>The rules in days.</summary>
    /// <param name="olderThan">Without <paramref name="keep"/>, the newest image of each name stays.</param>
    public static RetentionRules OfDays(int? keep, int? olderThan, int? unactivated, int fetchedWithin) => new()
    {
        Keep = keep,
        OlderThan = Days(olderThan),
        Unactivated = Days(unactivated),
        FetchedWithin = TimeSpan.FromDays(fetchedWithin),
    };

    private static TimeSpan? Days(int? days) => days is { } number ? TimeSpan.FromDays(number) : null;
}
