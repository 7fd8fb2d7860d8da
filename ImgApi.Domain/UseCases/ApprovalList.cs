using ImgApi.Domain.Access;

namespace ImgApi.Domain.UseCases;

/// <summary>Finds the images with a request for approval.</summary>
public static class ApprovalList
{
    /// <summary>Those that the user may know of: the waiting ones, then the rejected ones, each with the oldest request first.</summary>
    public static async ValueTask<IReadOnlyList<Image>> QueryApprovalsAsync(this IImageRepository images, Actor actor, CancellationToken cancellation)
    {
        var unactivated = await images.QueryAsync(new ImageQuery { State = StateFilter.Unactivated }, cancellation);
        return
        [
            .. unactivated.Images.Where(image => image.ShowsApprovalTo(actor))
                .OrderByDescending(image => image.Approval!.IsWaiting).ThenBy(image => image.Approval!.RequestedAt.Instant),
        ];
    }
}
