using ImgApi.Domain.Errors;

namespace ImgApi.Domain.Images;

/// <summary>
/// Keeps images' bytes: files and icons. Content is invisible until it is committed, and never changes afterwards; a
/// replacement is another content with another key. Content that no manifest names is removed when the store is next
/// opened. Faults of the medium are <see cref="ImgApiException"/> with <see cref="ErrorCode.InsufficientStorage"/> or
/// <see cref="ErrorCode.StorageIsDown"/>.
/// </summary>
public interface IImageContentStore : IContentSource
{
    /// <summary>Begins to write new content for an image.</summary>
    /// <param name="image">An image that the repository knows.</param>
    /// <param name="name">What is being written; the store may choose a key that a person recognises by it.</param>
    /// <param name="length">Bytes to come, if known: the store fails at once if it has no room for them. It reserves room only as they come.</param>
    /// <param name="cancellation">Cancels the beginning only.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the image is gone.</exception>
    Task<IContentWriter> BeginWriteAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation);

    /// <summary>
    /// The base64 MD5 of committed content that came without one, computed at most once and kept; null if the content
    /// is not there.
    /// </summary>
    Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation);

    /// <summary>Deletes content. Content that is not there is no error. A fault is logged, not thrown.</summary>
    Task DeleteAsync(Uuid image, ContentKey content);
}
