namespace ImgApi.Domain.Images;

/// <summary>What a content is, in the words of a manifest, for a store that names its contents after them.</summary>
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
