namespace ImgApi.Domain.Uploads;

/// <summary>Limits of unfinished uploads.</summary>
/// <param name="Lifespan">Time without new bytes after which an upload is removed.</param>
public sealed record UploadLimits(TimeSpan Lifespan)
{
    public static readonly TimeSpan DefaultLifespan = TimeSpan.FromHours(24);

    /// <summary>When an upload will be removed, unless more bytes arrive.</summary>
    public DateTimeOffset ExpiryOf(StoredUpload stored) => stored.LastActivityAt + Lifespan;

    /// <summary>Unfinished uploads of one image. One of them can be committed; the others are attempts that were given up.</summary>
    public int PerImage { get; init; } = 16;

    /// <summary>Unfinished uploads of all images.</summary>
    public int Total { get; init; } = 1000;

    /// <summary>Finished uploads that are kept, so that clients can learn of the commit.</summary>
    public int Finished { get; init; } = 1000;
}
