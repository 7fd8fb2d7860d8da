namespace ImgApi.Domain.Images;

/// <summary>Opens stored content: what there is of a content store for those who only read.</summary>
public interface IContentSource
{
    /// <summary>Opens committed content; null if it is not there. Content that is deleted meanwhile stays readable.</summary>
    ValueTask<IContentReader?> OpenReadAsync(Uuid image, ContentKey content, CancellationToken cancellation);
}
