namespace ImgApi.Domain.Storage;

/// <summary>
/// Stores images' manifests. Writes are optimistic: a caller reads an image, decides, and replaces it unless another writer was faster;
/// <see cref="OptimisticChanges"/> has the loop. Every implementation guarantees:
/// <list type="bullet">
/// <item>Atomic: after any failure, including power loss, an image has either its old or its new state.</item>
/// <item>Durable: a write that has returned survives power loss.</item>
/// <item>
/// Visible: a write becomes visible to every reader at once, and not before it is durable. Readers never wait for writers. One exception: if
/// the medium fails after a write's commit point, the write is visible although it ends with <see cref="ErrorCode.StorageIsDown"/>, because a
/// restart would show it too.
/// </item>
/// <item>
/// Serial: of several writes to one version of an image, one succeeds. The <see cref="WriteConditions"/> of a write hold at the
/// moment it takes effect, and no two concurrent writes break them together (an origin cannot disappear while a dependent is added).
/// </item>
/// <item>Versioned: every write gives the stored image a <see cref="Image.Revision"/> that no earlier image had.</item>
/// <item>Faults of the medium are <see cref="ErrorCode.InsufficientStorage"/> or <see cref="ErrorCode.StorageIsDown"/>.</item>
/// </list>
/// Cancellation is honored until a write begins.
/// </summary>
public interface IImageRepository : IImageFinder
{
    /// <summary>The images that match the query, in its order, as of one revision of the catalogue.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the query's marker is an unknown or hidden image.</exception>
    ValueTask<ImageList> QueryAsync(ImageQuery query, CancellationToken cancellation);

    /// <summary>
    /// The newest matching image of each name, with the number of its older ones; or all matching images, if the query is for one name. Newest
    /// first, and before them those without <c>published_at</c>, which somebody is still working on. Cancellation ends a search of words early.
    /// </summary>
    /// <exception cref="ImgApiException">As for <see cref="QueryAsync"/>.</exception>
    ValueTask<IReadOnlyList<ImageVersions>> QueryVersionsAsync(ImageQuery query, CancellationToken cancellation);

    /// <summary>
    /// The image after its current writes have finished; null if it does not exist then. Content can disappear shortly before the removal of
    /// its image becomes visible; this call distinguishes such a removal from lost content.
    /// </summary>
    ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation);

    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what <paramref name="conditions"/> refuse.</exception>
    Task<Image> AddAsync(Image image, WriteConditions conditions, CancellationToken cancellation);

    /// <summary>Replaces an image by its next version. If that has another UUID, the content moves along and keeps its keys.</summary>
    /// <returns>The image as stored; null, without any change, if the image was changed or removed since it was read.</returns>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what <paramref name="conditions"/> refuse.</exception>
    Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions conditions, CancellationToken cancellation);

    /// <summary>Removes an image with its content. Returns false, without any change, if it was changed or removed since it was read.</summary>
    Task<bool> TryRemoveAsync(Image image, WriteConditions conditions, CancellationToken cancellation);
}

/// <summary>The result of a query, in its order.</summary>
/// <param name="Revision">The <see cref="Image.Revision"/> of the last write, or higher. At one revision, a query has one result.</param>
public sealed record ImageList(IReadOnlyList<Image> Images, long Revision);
