using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Images;

/// <summary>
/// The name of a content in an <see cref="IContentStore"/>, for one image. The store chooses it; it is opaque to everyone else and never
/// comes from a request.
/// </summary>
/// <param name="Value">The store's own name.</param>
public readonly record struct ContentKey(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Describes a content, for a store that includes the description in its names.</summary>
/// <param name="Kind">File or icon.</param>
/// <param name="Format">The compression of a file (<see cref="Compression.All"/>) or the media type of an icon.</param>
public readonly record struct ContentName(ContentKind Kind, string Format);

/// <summary>The kinds of content that an image has.</summary>
public enum ContentKind
{
    /// <summary>The image file.</summary>
    File,

    /// <summary>The icon.</summary>
    Icon,
}
