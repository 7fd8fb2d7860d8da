namespace ImgApi.Domain.Retention;

/// <summary>How often the file of an image was fetched, and when last.</summary>
/// <param name="Last">End of the last download; null if there was none.</param>
public sealed record Fetches(long Count, DateTimeOffset? Last)
{
    public static Fetches None { get; } = new(0, null);

    /// <summary>With one more download. A clock that was set back does not make the last one older.</summary>
    public Fetches Next(DateTimeOffset now) => new(Count + 1, Last > now ? Last : now);
}

/// <summary>The downloads of all images.</summary>
/// <param name="Since">When counting began.</param>
/// <param name="Images">Only images that were fetched.</param>
public sealed record FetchRecord(DateTimeOffset Since, IReadOnlyDictionary<Uuid, Fetches> Images);
