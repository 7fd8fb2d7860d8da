using ImgApi.Domain.Errors;

namespace ImgApi.Domain.Images;

/// <summary>
/// Keeps images' manifests. Every implementation promises:
/// <list type="bullet">
/// <item>Atomic: after any failure, power loss included, an image is entirely as before or entirely as after.</item>
/// <item>Durable: when a writing member returns, the change survives power loss.</item>
/// <item>Visible: a change shows to every reader at once, not before it is durable. Readers never wait for writers.</item>
/// <item>
/// Serial: guards and changes of one image run one after the other, each on the result of the one before, and no two
/// writes can together break what a guard of either has checked (an origin cannot vanish while an increment is added).
/// </item>
/// <item>
/// Faults of the medium are <see cref="ImgApiException"/> with <see cref="ErrorCode.InsufficientStorage"/> or
/// <see cref="ErrorCode.StorageIsDown"/>; whatever a guard or change throws comes through unchanged, and nothing happened.
/// </item>
/// </list>
/// </summary>
public interface IImageRepository : IImageFinder
{
    /// <summary>
    /// The images that the query asks for, in its order, as of one moment.
    /// </summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the query's marker is an unknown image, or one that it hides.</exception>
    ValueTask<IReadOnlyList<Image>> QueryAsync(ImageQuery query, CancellationToken cancellation);

    /// <summary>Adds an image.</summary>
    /// <param name="image">The new image.</param>
    /// <param name="guard">Throws to refuse; evaluated atomically with the addition, after the uuid was found free.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>.</exception>
    Task AddAsync(Image image, Action<ICatalogueView> guard, CancellationToken cancellation);

    /// <summary>
    /// Replaces an image by what <paramref name="change"/> makes of it. If that has another uuid, the image moves there
    /// with its content. A change that returns its argument writes nothing.
    /// </summary>
    /// <param name="uuid">The image.</param>
    /// <param name="change">
    /// Takes the image as it is at that moment; throws to refuse. Pure: it may be called while locks are held.
    /// </param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c> for an unknown image; <c>ImageUuidAlreadyExists</c> if it would move to a uuid in use.
    /// </exception>
    Task<Image> ChangeAsync(Uuid uuid, Func<Image, ICatalogueView, Image> change, CancellationToken cancellation);

    /// <summary>Removes an image with everything that belongs to it, content included.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="guard">Throws to refuse; evaluated atomically with the removal.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> for an unknown image.</exception>
    Task RemoveAsync(Uuid uuid, Action<Image, ICatalogueView> guard, CancellationToken cancellation);
}
