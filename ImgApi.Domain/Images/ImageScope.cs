namespace ImgApi.Domain.Images;

/// <summary>
/// The account and channel of a request for one image (contract section 5, [get] and [own]). They decide whether the caller may see and
/// change the image.
/// </summary>
/// <param name="Account">The account; null for a request without an account, which may see and change every image.</param>
/// <param name="Channel">The channel; null for all channels.</param>
public sealed record ImageScope(Uuid? Account, string? Channel)
{
    /// <summary>Whether private images are hidden, as <c>readAuth</c> demands for callers without credentials.</summary>
    public bool HidesPrivate { get; init; }

    /// <summary>Refuses an image that the caller may not see.</summary>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c>. If <see cref="HidesPrivate"/> hides the image, the message is that of an unknown image. If its channel or
    /// account does, the message differs (contract 1.4).
    /// </exception>
    public void EnsureVisible(Image image)
    {
        if (HidesPrivate && image.IsPrivate)
        {
            throw ImgApiException.ImageNotFound(image.Uuid);
        }

        if ((Channel is not null && !image.IsIn(Channel)) || (Account is { } account && !image.IsVisibleTo(account)))
        {
            throw ImgApiException.NotFound("image not found");
        }
    }

    /// <summary>Refuses an image that the caller may not see, or that another account owns.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c>, <c>NotImageOwner</c>.</exception>
    public void EnsureOwned(Image image)
    {
        EnsureVisible(image);
        if (Account is { } account && image.Details.Owner != account)
        {
            throw new ImgApiException(ErrorCode.NotImageOwner, $"account {account} is not the owner of image {image.Uuid}");
        }
    }
}
