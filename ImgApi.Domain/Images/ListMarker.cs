namespace ImgApi.Domain.Images;

/// <summary>
/// Where a page of a list begins (contract 6.4): at the place of an image, which is included, or at an instant. With a
/// marker, images without <c>published_at</c> are left out; an image without it is no marker at all.
/// </summary>
public abstract record ListMarker
{
    private ListMarker()
    {
    }

    /// <summary>At that image's place, whatever its state.</summary>
    public sealed record AtImage(Uuid Uuid) : ListMarker;

    /// <summary>At that instant, included.</summary>
    public sealed record AtInstant(DateTimeOffset Instant) : ListMarker;
}
