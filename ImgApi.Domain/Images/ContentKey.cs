using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Images;

/// <summary>
/// The name under which an <see cref="IContentStore"/> keeps one content of one image. Chosen by the store,
/// opaque to everyone else, never taken from a request.
/// </summary>
/// <param name="Value">The store's own name.</param>
public readonly record struct ContentKey(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
