using ImgApi.Api.Logging;

namespace ImgApi.Api.Controllers;

/// <summary>
/// The actions of <c>POST /images/UUID?action=...</c> that decide on a request for approval, see <see cref="ImageActionsController"/>.
/// </summary>
[Needs(Right.Approve)]
[Tags(ApiTags.Images)]
[Route("/images/{uuid}", Name = "ImageAction")]
[Fails(ErrorSets.Write, nameof(ErrorCode.NotWaitingForApproval), nameof(ErrorCode.PreconditionFailed))]
internal sealed class ImageApprovalController(
    ImageActivation activation, ImageLifecycle lifecycle, ConditionalRequests conditions, ContentWarnings warnings) : ImgApiController
{
    /// <summary>Activates an image that waits for approval.</summary>
    /// <param name="requested">The <c>requested_at</c> that was seen, <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>: an image that was changed since is refused.</param>
    /// <param name="force">true accepts files that the server's contentCheck refuses.</param>
    [HttpPost, OnAction("approve")]
    [Fails(nameof(ErrorCode.NoActivationNoFile), nameof(ErrorCode.ContentCheckFailed))]
    public async Task<ActionResult<ImageManifest>> Approve(
        Uuid uuid, ImageScope scope, [FromQuery] string? requested, [FromQuery] string? force, JsonBody<ManifestBody> body)
    {
        var (seen, isForced) = (TimeOf(requested), Parameters.Force(force));
        await body.ReadAsync();
        var guard = Guard(scope) + (image => image.EnsureWaiting(seen));
        return Manifest(warnings.Tell(HttpContext, await activation.ActivateAsync(uuid, guard, isForced, Cancellation)));
    }

    /// <summary>Rejects an image that waits for approval. Its publisher sees the reason, and may change the image and ask again.</summary>
    /// <param name="body">The reason: one line, at most 256 characters.</param>
    [HttpPost, OnAction("reject")]
    [Example("""{ "reason": "the version is missing in its description" }""")]
    public async Task<ActionResult<ImageManifest>> Reject(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        var reason = ApprovalRequest.ReadReason((await body.ReadObjectAsync()).Member("reason").AsText());
        return Manifest(await lifecycle.RejectAsync(uuid, scope.Actor.User, reason, Guard(scope), Cancellation));
    }

    private static Timestamp? TimeOf(string? requested) => Parameters.Given(requested) is not { } text ? null
        : Timestamp.TryParse(text, out var time) ? time
        : throw ImgApiException.InvalidParameter("requested", $"invalid value for \"requested\" param: {WireJson.Text(text)} is not a time YYYY-MM-DDTHH:MM:SS.SSSZ");

    private Action<Image> Guard(ImageScope scope) => scope.EnsureOwned + conditions.Guard(HttpContext);
}
