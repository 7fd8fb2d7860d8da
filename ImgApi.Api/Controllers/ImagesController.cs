using ImgApi.Api.Authentication;
using ImgApi.Api.Contracts;
using ImgApi.Api.Manifests;
using ImgApi.Api.Mapping;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Images: find, create, delete.</summary>
public sealed class ImagesController(ImageReading reading, ImageLifecycle lifecycle, ManifestIntake intake, ImageTexts texts)
    : ImgApiController
{
    /// <summary>Lists images, the oldest first.</summary>
    /// <remarks>
    /// Tags are searched with <c>tag.KEY=VALUE</c>, once per tag; an empty value means any. A page is had with
    /// <c>limit</c>, the next one with <c>marker</c> set to the uuid of the last image, which comes again as the first.
    /// </remarks>
    /// <param name="parameters">What to list.</param>
    [HttpGet("/images", Name = "ListImages")]
    [Authorize(Policies.Read)]
    [ProducesResponseType<IReadOnlyList<ImageManifest>>(StatusCodes.Status200OK)]
    [Fails(nameof(ErrorCode.Unauthorized), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ResourceNotFound))]
    public async Task<IActionResult> List([FromQuery] ListImagesParameters parameters)
    {
        var admin = AdminFields(parameters.InclAdminFields);
        var query = ListQueryReader.Read(parameters, WireQuery.Of(HttpContext), IsTrusted);
        IReadOnlyList<Image> images =
            query is null ? [] : await reading.QueryAsync(query with { HidesPrivate = HidesPrivate }, Cancellation);
        return new ImageListResult(images, admin);
    }

    /// <summary>Returns one image, in whatever state it is.</summary>
    /// <param name="uuid">UUID of the image, in lower case.</param>
    /// <param name="account">UUID of the account that asks; what it may not see is 404.</param>
    /// <param name="inclAdminFields">true adds files[].stor; needs credentials.</param>
    [HttpGet("/images/{uuid}", Name = "GetImage")]
    [Authorize(Policies.Read)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.PreconditionFailed))]
    public async Task<IActionResult> Get(
        Uuid uuid, [FromQuery(Name = "account")] string? account, [FromQuery(Name = "inclAdminFields")] string? inclAdminFields)
    {
        var image = await reading.GetAsync(uuid, ReadScope(account).EnsureVisible, Cancellation);
        var admin = AdminFields(inclAdminFields);
        var etag = texts.Of(image, ImageResult.PlainForm(HttpContext)).Etag;
        if (Preconditions.IsNotModified(Request, [etag], modifiedAt: null))
        {
            return StatusCode(StatusCodes.Status304NotModified);
        }

        return Manifest(image, admin);
    }

    /// <summary>Creates an image from a manifest. Its file comes with AddImageFile.</summary>
    /// <param name="account">UUID of the account that the image is for; it becomes the owner.</param>
    /// <param name="action">Must be absent.</param>
    /// <param name="body">The manifest.</param>
    [HttpPost("/images", Name = "CreateImage")]
    [Authorize(Policies.Write)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.InvalidContent), nameof(ErrorCode.BadDigest),
        nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Create(
        [FromQuery(Name = "account")] string? account, [FromQuery(Name = "action")] string? action, JsonBody<ManifestBody> body)
    {
        if (!string.IsNullOrEmpty(action))
        {
            throw Parameters.UnknownAction(action);
        }

        var manifest = await body.ReadObjectAsync();
        var image = await intake.CreateAsync(manifest, Parameters.Account(account), Cancellation);
        return Manifest(await lifecycle.AddAsync(image, Cancellation));
    }

    /// <summary>Deletes an image with its file and icon, in whatever state it is.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="forceAllChannels">true deletes from all channels at once.</param>
    [HttpDelete("/images/{uuid}", Name = "DeleteImage")]
    [Authorize(Policies.Write)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.ImageHasDependentImages), nameof(ErrorCode.StorageIsDown))]
    public async Task<IActionResult> Delete(
        Uuid uuid, [FromQuery(Name = "account")] string? account, [FromQuery(Name = "force_all_channels")] string? forceAllChannels)
    {
        var scope = Parameters.Scope(account);
        await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        _ = Parameters.Boolean("force_all_channels", forceAllChannels);
        await lifecycle.RemoveAsync(uuid, scope.EnsureOwned, Cancellation);
        return NoContent();
    }
}
