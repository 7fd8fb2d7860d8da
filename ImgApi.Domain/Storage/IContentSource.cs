namespace ImgApi.Domain.Storage;

/// <summary>Opens stored content: the part of a content store that readers need.</summary>
public interface IContentSource
{
    /// <summary>Opens committed content; null if it is not there. Content that is deleted meanwhile stays readable.</summary>
    /// <param name="image">The image that the content belongs to.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellation">Cancels the opening.</param>
    ValueTask<IContentReader?> OpenAsync(Uuid image, ContentKey content, CancellationToken cancellation);
}
