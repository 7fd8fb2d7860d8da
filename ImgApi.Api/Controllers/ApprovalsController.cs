namespace ImgApi.Api.Controllers;

/// <summary>The images that wait for approval.</summary>
[Tags(ApiTags.Server)]
[NotStored]
internal sealed class ApprovalsController(IImageRepository images) : ImgApiController
{
    /// <summary>Lists the images that wait for approval, then those that were rejected; each with the oldest request first.</summary>
    /// <remarks>Users with the role publish see their own images.</remarks>
    [HttpRead("/approvals", Name = "ListApprovals")]
    [Needs(Right.Publish)]
    public async Task<ActionResult<Approval[]>> List(Caller caller) =>
        (from image in await images.QueryApprovalsAsync(caller.Actor, Cancellation)
         let request = image.Approval!
         select new Approval(
             $"{image.Uuid}", image.Details.Name, image.Details.Version, request.State, image.Publisher, request.RequestedAt.Text, request.RejectedBy,
             request.Reason)).ToArray();
}
