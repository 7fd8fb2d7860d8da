namespace ImgApi.Domain.Images;

/// <summary>
/// Whom a request speaks for and where it looks: the <c>account</c> and <c>channel</c> of one-image endpoints
/// (contract section 5, [get] and [own]).
/// </summary>
/// <param name="Account">The account; null for an operator, who sees and may do everything.</param>
/// <param name="Channel">The channel; null for all of them.</param>
public sealed record ImageScope(Uuid? Account, string? Channel)
{
    /// <summary>Whether private images are hidden: from a caller who has not shown who he is, where the server wants that.</summary>
    public bool HidesPrivate { get; init; }

    /// <summary>Guard for reading.</summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c>, with a text that does not tell whether the image exists.</exception>
    public void EnsureVisible(Image image)
    {
        if (HidesPrivate && image.IsPrivate)
        {
            throw ImgApiException.ImageNotFound(image.Uuid); // as if there were none
        }

        if ((Channel is not null && !image.IsIn(Channel)) || (Account is { } account && !image.IsVisibleTo(account)))
        {
            throw ImgApiException.NotFound("image not found");
        }
    }

    /// <summary>Guard for writing: what <see cref="EnsureVisible"/> demands, and that the account owns the image.</summary>
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
