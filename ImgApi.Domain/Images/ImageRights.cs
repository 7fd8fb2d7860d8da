using ImgApi.Domain.Access;

namespace ImgApi.Domain.Images;

/// <summary>What the role of a user permits with one image. Accounts and private images are a matter of <see cref="ImageScope"/>.</summary>
public static class ImageRights
{
    public static bool IsChangeableBy(this Image image, Actor actor) =>
        actor.May(Right.ChangeAny) || (image.Publisher is { } publisher && publisher == actor.User && actor.May(Right.Publish));

    /// <summary>Whether machines cannot install the image, or the role permits to take it away from them.</summary>
    public static bool IsDeletableBy(this Image image, Actor actor) =>
        image.IsChangeableBy(actor) && (!image.IsActive || actor.May(Right.DeleteActive));
}
