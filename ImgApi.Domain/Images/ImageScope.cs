using ImgApi.Domain.Access;

namespace ImgApi.Domain.Images;

/// <summary>Decides whether the caller of a request may see and change an image (contract section 5, [get] and [own]).</summary>
/// <param name="Account">Null for a request without an account, which may see and change every image.</param>
/// <param name="Channel">Null for all channels.</param>
/// <param name="Actor">The user whose role counts for changes.</param>
public sealed record ImageScope(Uuid? Account, string? Channel, Actor Actor)
{
    /// <summary>Whether private images are hidden, as <c>readAuth</c> demands for callers without credentials.</summary>
    public bool HidesPrivate { get; init; }

    /// <summary>
    /// Throws <c>ResourceNotFound</c> for an image that the caller may not see. If <see cref="HidesPrivate"/> hides the image, the message is
    /// that of an unknown image. If its channel or account does, the message differs (contract 1.4).
    /// </summary>
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

    /// <summary>
    /// Throws as <see cref="EnsureVisible"/> does, <c>NotImageOwner</c> for an image of another account, or <c>NotAuthorized</c> if the role
    /// does not permit changes of the image.
    /// </summary>
    public void EnsureOwned(Image image)
    {
        EnsureVisible(image);
        if (Account is { } account && image.Details.Owner != account)
        {
            throw new ImgApiException(ErrorCode.NotImageOwner, $"account {account} is not the owner of image {image.Uuid}");
        }

        if (!image.IsChangeableBy(Actor))
        {
            Actor.Ensure(Right.ChangeAny);
        }
    }

    /// <summary>Throws as <see cref="EnsureOwned"/> does, or <c>NotAuthorized</c> for an active image that the role does not permit to delete.</summary>
    public void EnsureDeletable(Image image)
    {
        EnsureOwned(image);
        if (!image.IsDeletableBy(Actor))
        {
            Actor.Ensure(Right.DeleteActive);
        }
    }
}
