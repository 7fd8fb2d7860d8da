using ImgApi.Domain.UseCases;

namespace ImgApi.Api.Controllers;

/// <summary>Copies of images for accounts.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Images)]
public sealed class ImageCloneController(ImageReading reading, ImageCloning cloning) : ImgApiController
{
    /// <summary>
    /// Copies an image that is shared with an account, and those of its origins that the administrator does not own. The copies belong to
    /// the account. Mode dc only.
    /// </summary>
    [HttpPost("/images/{uuid}/clone", Name = "CloneImage")]
    [OnlyInMode(ServerMode.Dc)]
    [ForAccount("UUID of the account that gets the copy.")]
    [Fails(nameof(ErrorCode.ImageNotShared), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<ActionResult<ImageManifest>> Clone(Uuid uuid, ImageScope scope)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        var account = scope.Account ?? throw ImgApiException.InvalidParameter("account", "invalid \"account\": not a UUID: \"undefined\"");
        ImageCloning.EnsureCloneable(image, account);
        return Manifest(await cloning.CloneAsync(image, account, Cancellation), hasEtag: false);
    }
}
