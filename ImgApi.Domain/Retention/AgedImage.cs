namespace ImgApi.Domain.Retention;

/// <summary>An image with what decides whether it is too old.</summary>
/// <param name="Image">Its file and icon do not matter.</param>
/// <param name="LastFetch">End of the last download; if there was none, when counting began, since earlier downloads are unknown.</param>
/// <param name="IdleSince">Last activity of an image that was never activated; null for others, for unknown times and during an import.</param>
public sealed record AgedImage(Image Image, DateTimeOffset LastFetch, DateTimeOffset? IdleSince)
{
    /// <summary>Whether it stays in any case.</summary>
    public bool IsHeld { get; init; }
}
