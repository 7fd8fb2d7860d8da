using ImgApi.Domain.Access;

namespace ImgApi.Domain.Images;

/// <summary>What the role of a user permits with one image. Accounts and private images are a matter of <see cref="ImageScope"/>.</summary>
public static class ImageRights
{
    public static bool IsChangeableBy(this Image image, Actor actor) => actor.May(Right.ChangeAny) || image.IsOwnOf(actor);

    /// <summary>An active image of another publisher takes more than the right to change it: machines could not install it any more.</summary>
    public static bool IsDeletableBy(this Image image, Actor actor) =>
        image.IsOwnOf(actor) || (actor.May(Right.ChangeAny) && (!image.IsActive || actor.May(Right.DeleteActive)));

    /// <summary>Whether the user may know of a request for approval: the publisher, and those who decide.</summary>
    public static bool ShowsApprovalTo(this Image image, Actor actor) =>
        image.Approval is not null && (actor.May(Right.Approve) || image.IsOwnOf(actor));

    private static bool IsOwnOf(this Image image, Actor actor) =>
        image.Publisher is { } publisher && publisher == actor.User && actor.May(Right.Publish);
}
