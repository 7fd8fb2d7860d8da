using System.ComponentModel.DataAnnotations;

namespace ImgApi.Api.Controllers;

/// <summary>Copies of images for accounts.</summary>
[Needs(Right.Publish)]
[Tags(ApiTags.Images)]
internal sealed class ImageCloneController(ImageReading reading, ImageCloning cloning, ServerRules rules) : ImgApiController
{
    /// <summary>
    /// Copies an image that is shared with an account, and those of its origins that the administrator does not own. The copies belong to
    /// the account. On a server with <c>approval</c> it needs the role manage. Mode dc only.
    /// </summary>
    /// <param name="account">UUID of the account that gets the copy.</param>
    [HttpPost("/images/{uuid}/clone", Name = "CloneImage")]
    [Fails(nameof(ErrorCode.ImageNotShared), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<ActionResult<ImageManifest>> Clone(Uuid uuid, ImageScope scope, Caller caller, [FromQuery, Required] string? account)
    {
        if (rules.NeedsApproval(caller.Actor))
        {
            // The copies are active at once.
            caller.Actor.Ensure(Right.Approve);
        }

        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        var recipient = Parameters.Account(account)
            ?? throw ImgApiException.InvalidParameter("account", "invalid \"account\": not a UUID: \"undefined\"");
        ImageCloning.EnsureCloneable(image, recipient);
        return Manifest(await cloning.CloneAsync(image, recipient, caller.User, Cancellation), hasEtag: false);
    }
}
