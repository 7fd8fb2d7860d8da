using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Copies of images for accounts.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Images)]
public sealed class ImageCloneController(ImageReading reading, ImageCloning cloning) : ImgApiController
{
    /// <summary>
    /// Copies an image that is shared with an account, and its origins as far as they are not the administrator's; the copies
    /// belong to the account. Mode dc only.
    /// </summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that gets the copy.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    [HttpPost("/images/{uuid}/clone", Name = "CloneImage")]
    [OnlyInMode(ServerMode.Dc)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.ImageNotShared), nameof(ErrorCode.StorageIsDown),
        nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Clone(
        Uuid uuid, [FromQuery(Name = "account")] string? account, [FromQuery(Name = "channel")] string? channel)
    {
        var scope = Scope(account, channel);
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        var forWhom = scope.Account ?? throw ImgApiException.InvalidParameter("account", "invalid \"account\": not a UUID: \"undefined\"");
        ImageCloning.EnsureCloneable(image, forWhom);
        return new ImageResult(await cloning.CloneAsync(image, forWhom, Cancellation), hasEtag: false);
    }
}
