namespace ImgApi.Domain.Storage;

/// <summary>
/// Keeps images' manifests. Writes are optimistic: a caller reads an image, decides, and replaces it if no other writer was faster;
/// <see cref="OptimisticChanges"/> has the loop. Every implementation promises:
/// <list type="bullet">
/// <item>Atomic: after any failure, power loss included, an image is entirely as before or entirely as after.</item>
/// <item>Durable: when a write returns, it survives power loss.</item>
/// <item>Visible: a write becomes visible to every reader at once, and not before it is durable. Readers never wait for writers.</item>
/// <item>
/// Serial: of several writes of one version of an image, one succeeds. The <see cref="WriteConditions"/> of a write hold at the
/// moment it takes effect; no two writes can together break them (an origin cannot vanish while an increment is added).
/// </item>
/// <item>Versioned: every write gives the stored image a <see cref="Image.Revision"/> that no earlier image had.</item>
/// <item>
/// Faults of the medium are <see cref="ImgApiException"/> with <see cref="ErrorCode.InsufficientStorage"/> or
/// <see cref="ErrorCode.StorageIsDown"/>.
/// </item>
/// </list>
/// Cancellation is honoured until a write begins.
/// </summary>
public interface IImageRepository : IImageFinder
{
    /// <summary>The images that match the query, in its order, as of one revision of the catalogue.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the query's marker is an unknown image, or one that it hides.</exception>
    ValueTask<ImageList> QueryAsync(ImageQuery query, CancellationToken cancellation);

    /// <summary>
    /// The image once the writes of it that have begun are done; null if there is none then. Content can vanish shortly before the
    /// removal of its image becomes visible: this tells such a removal from a loss.
    /// </summary>
    ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation);

    /// <summary>Adds an image.</summary>
    /// <returns>The image as stored.</returns>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what <paramref name="conditions"/> refuse.</exception>
    Task<Image> AddAsync(Image image, WriteConditions conditions, CancellationToken cancellation);

    /// <summary>
    /// Replaces an image by its next version. If that has another uuid, the image moves there with its content, which keeps its keys.
    /// </summary>
    /// <param name="before">The image as it was read.</param>
    /// <param name="after">Its next version.</param>
    /// <param name="conditions">What must hold when the write takes effect.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>The image as stored; null, and nothing happened, if the image was changed or removed since it was read.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ImageUuidAlreadyExists</c> if it would move to a uuid in use, or what <paramref name="conditions"/> refuse.
    /// </exception>
    Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions conditions, CancellationToken cancellation);

    /// <summary>Removes an image with everything that belongs to it, content included.</summary>
    /// <param name="image">The image as it was read.</param>
    /// <param name="conditions">What must hold when the write takes effect.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>False, and nothing happened, if the image was changed or removed since it was read.</returns>
    /// <exception cref="ImgApiException">What <paramref name="conditions"/> refuse.</exception>
    Task<bool> TryRemoveAsync(Image image, WriteConditions conditions, CancellationToken cancellation);
}
