using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The icon of an image; it comes and goes in every state.</summary>
[Tags(ApiTags.Files)]
public sealed class ImageIconController(ImageReading reading, ImageUploads uploads) : ImgApiController
{
    /// <summary>Sends the icon.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; what it may not see is 404.</param>
    /// <param name="channel">Name of the channel to look in, * for all; without it the server's default channel. Only with channels configured.</param>
    [HttpGet("/images/{uuid}/icon", Name = "GetImageIcon")]
    [Authorize(Policies.Content)]
    [BinaryResponse("image/png", "image/jpeg", "image/gif")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails(
        nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.PreconditionFailed), nameof(ErrorCode.RangeNotSatisfiable),
        nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.StorageIsDown))]
    public async Task<IActionResult> Get(
        Uuid uuid, [FromQuery(Name = "account")] string? account, [FromQuery(Name = "channel")] string? channel)
    {
        var scope = ReadScope(account, channel);
        return await StoredContentResult.FindAsync(reading, () => reading.GetIconAsync(uuid, scope.EnsureVisible, Cancellation));
    }

    /// <summary>Uploads the icon: the raw bytes are the body, at most 128 KiB.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="sha1">SHA-1 that the icon must have, in hex.</param>
    /// <param name="size">Size in bytes that the icon must have.</param>
    /// <param name="storage">Where to keep it: local or manta; this server has local storage only.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    [HttpPut("/images/{uuid}/icon", Name = "AddImageIcon")]
    [HttpPost("/images/{uuid}/icon", Name = "AddImageIconByPost")]
    [Authorize(Policies.Write)]
    [BinaryRequest("image/png", "image/jpeg", "image/gif")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.Upload),
        nameof(ErrorCode.BadDigest), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Add(
        Uuid uuid,
        [FromQuery(Name = "sha1")] string? sha1,
        [FromQuery(Name = "size")] string? size,
        [FromQuery(Name = "storage")] string? storage,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel)
    {
        var scope = Scope(account, channel);
        await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        UploadClaims.RefuseForm(Request);
        if (!ImageIcon.ContentTypes.Contains(Request.ContentType))
        {
            throw new ImgApiException(
                ErrorCode.Upload,
                $"invalid content-type, {Request.ContentType ?? "undefined"}, must be one of {string.Join(", ", ImageIcon.ContentTypes)}");
        }

        Parameters.CheckStorage(storage, scope);
        var claims = UploadClaims.Of(Request, sha1, size);
        ImageUploads.CheckIconLength(Request.ContentLength, claims);
        var upload = new IconUpload(Request.Body, Request.ContentLength, Request.ContentType!, claims);
        return Manifest(await uploads.AddIconAsync(uuid, upload, scope.EnsureOwned, Cancellation));
    }

    /// <summary>Takes the icon away.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    [HttpDelete("/images/{uuid}/icon", Name = "DeleteImageIcon")]
    [Authorize(Policies.Write)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner),
        nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.StorageIsDown))]
    public async Task<IActionResult> Delete(
        Uuid uuid, [FromQuery(Name = "account")] string? account, [FromQuery(Name = "channel")] string? channel) =>
        Manifest(await uploads.RemoveIconAsync(uuid, Scope(account, channel).EnsureOwned, Cancellation));
}
