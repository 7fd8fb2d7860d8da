namespace ImgApi.Domain.Images;

/// <summary>
/// The name of a content in an <see cref="IContentStore"/>, for one image. The store chooses it; it is opaque to everyone else and never
/// comes from a request.
/// </summary>
public readonly record struct ContentKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Describes a content, for a store that includes the description in its names.</summary>
/// <param name="Format">The compression of a file (<see cref="Compression.All"/>) or the media type of an icon.</param>
public readonly record struct ContentName(ContentKind Kind, string Format);

public enum ContentKind
{
    File,
    Icon,
}
