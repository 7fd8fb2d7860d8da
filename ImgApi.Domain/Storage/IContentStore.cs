namespace ImgApi.Domain.Storage;

/// <summary>
/// Keeps images' bytes: files and icons. Every implementation promises:
/// <list type="bullet">
/// <item>Content is invisible until it is committed, durable from then on, and never changes; a replacement has another key.</item>
/// <item>
/// Content that no image names, and what a writer that died has left, is removed in time by the store itself, never while it may be
/// in use: not while it is being written, and not between its commit and the write of the image that names it.
/// </item>
/// <item>
/// Faults of the medium are <see cref="ImgApiException"/> with <see cref="ErrorCode.InsufficientStorage"/> or
/// <see cref="ErrorCode.StorageIsDown"/>.
/// </item>
/// </list>
/// </summary>
public interface IContentStore : IContentSource
{
    /// <summary>Begins to write new content for an image.</summary>
    /// <param name="image">An image that the repository knows.</param>
    /// <param name="name">What is being written; the store may choose a key that a person recognises by it.</param>
    /// <param name="length">Bytes to come, if known: the store fails at once if it has no room for them. It reserves room only as they come.</param>
    /// <param name="cancellation">Cancels the beginning only.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the image is gone.</exception>
    Task<IContentWriter> CreateAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation);

    /// <summary>
    /// Where a web server in front of this one can fetch committed content by itself; null if the content has to be streamed. Whether
    /// the content is still there is not checked.
    /// </summary>
    ValueTask<ContentLocation?> LocateAsync(Uuid image, ContentKey content, CancellationToken cancellation);

    /// <summary>
    /// The base64 MD5 of committed content that came without one, computed at most once and kept; null if the content
    /// is not there.
    /// </summary>
    Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation);

    /// <summary>Deletes content that no image names. Content that is not there is no error. A fault is logged, not thrown.</summary>
    Task DeleteAsync(Uuid image, ContentKey content);
}
