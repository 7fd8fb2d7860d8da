using ImgApi.Domain.Access;

namespace ImgApi.Domain.Images;

/// <summary>What the role of a user permits with one image. Accounts and private images are a matter of <see cref="ImageScope"/>.</summary>
public static class ImageRights
{
    public static bool IsChangeableBy(this Image image, Actor actor) => actor.May(Right.ChangeAny) || image.IsOwnOf(actor);

    /// <summary>An active image of another publisher takes more than the right to change it: machines could not install it any more.</summary>
    public static bool IsDeletableBy(this Image image, Actor actor) =>
        image.IsOwnOf(actor) || (actor.May(Right.ChangeAny) && (!image.IsActive || actor.May(Right.DeleteActive)));

    private static bool IsOwnOf(this Image image, Actor actor) =>
        image.Publisher is { } publisher && publisher == actor.User && actor.May(Right.Publish);
}
