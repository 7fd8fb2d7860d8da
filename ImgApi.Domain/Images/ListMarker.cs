namespace ImgApi.Domain.Images;

/// <summary>
/// The start of a page of a list (contract 6.4): an image or an instant, which is included. Images without <c>published_at</c> are left out
/// of such a page, and are ignored as markers.
/// </summary>
public abstract record ListMarker
{
    private ListMarker() { }

    /// <summary>An image in any state.</summary>
    public sealed record AtImage(Uuid Uuid) : ListMarker;

    public sealed record AtInstant(DateTimeOffset Instant) : ListMarker;
}
