using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Api.Unsupported;
using ImgApi.Domain.Importing;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>Images: find, create, delete.</summary>
[Tags(ApiTags.Images)]
public sealed class ImagesController(
    ImageReading reading, ImageLifecycle lifecycle, ImageRemoval removal, ManifestIntake intake, ManifestCache manifests, JobDesk jobs)
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
    public async Task<IActionResult> List([FromQuery(Name = "")] ListImagesParameters parameters)
    {
        var channel = Rules.Channels.Resolve(parameters.Channel, allowsEvery: true);
        var admin = AdminFields(parameters.InclAdminFields);
        var query = ListQueryReader.Read(parameters, WireQuery.Of(HttpContext), IsTrusted) with { Channel = channel, HidesPrivate = HidesPrivate };
        return new ImageListResult(query, await reading.QueryAsync(query, Cancellation), admin);
    }

    /// <summary>Returns one image, in whatever state it is.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; what it may not see is 404.</param>
    /// <param name="channel">Name of the channel to look in, * for all; without it the server's default channel. Only with channels configured.</param>
    /// <param name="inclAdminFields">true adds files[].stor; needs credentials.</param>
    [HttpGet("/images/{uuid}", Name = "GetImage")]
    [Authorize(Policies.Read)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.PreconditionFailed))]
    public async Task<IActionResult> Get(
        Uuid uuid,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "inclAdminFields")] string? inclAdminFields)
    {
        var image = await reading.GetAsync(uuid, ReadScope(account, channel).EnsureVisible, Cancellation);
        var admin = AdminFields(inclAdminFields);
        Vary.ByApiVersion(HttpContext);
        var etag = manifests.Of(image, ImageResult.PlainForm(HttpContext)).Etag;
        if (Preconditions.IsNotModified(Request, [etag], modifiedAt: null))
        {
            return StatusCode(StatusCodes.Status304NotModified);
        }

        return Manifest(image, admin);
    }

    /// <summary>Creates an image from a manifest. Its file comes with AddImageFile.</summary>
    /// <remarks>
    /// The actions <c>create-from-vm</c>, <c>import-docker-image</c> and <c>import-lxd-image</c> need services that this server
    /// does without: their requests are checked, and answered 501.
    /// </remarks>
    /// <param name="account">UUID of the account that the image is for; it becomes the owner.</param>
    /// <param name="channel">Name of the channel that the image starts in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="action">Absent for a manifest.</param>
    /// <param name="parameters">Parameters of the other actions.</param>
    /// <param name="body">The manifest.</param>
    [HttpPost("/images", Name = "CreateImage")]
    [Authorize(Policies.Write)]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.InvalidContent), nameof(ErrorCode.BadDigest),
        nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage),
        nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotImplemented), nameof(ErrorCode.InvalidHeader), nameof(ErrorCode.NotAvailable))]
    public async Task<IActionResult> Create(
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "")] CreateImageParameters parameters,
        JsonBody<ManifestBody> body)
    {
        var where = Rules.Channels.Resolve(channel, allowsEvery: false);
        RefuseForeign(action, account, parameters);
        var manifest = await body.ReadObjectAsync();
        var image = await intake.CreateAsync(manifest, Parameters.Account(account), where, Cancellation);
        return Manifest(await lifecycle.AddAsync(image, Cancellation));
    }

    /// <summary>
    /// Deletes an image with its file and icon, in whatever state it is; one that is in other channels too only leaves this one. Jobs
    /// that are to make the image end.
    /// </summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="forceAllChannels">true deletes from all channels at once.</param>
    [HttpDelete("/images/{uuid}", Name = "DeleteImage")]
    [Authorize(Policies.Write)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.ImageHasDependentImages), nameof(ErrorCode.StorageIsDown))]
    public async Task<IActionResult> Delete(
        Uuid uuid,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "force_all_channels")] string? forceAllChannels)
    {
        var scope = Scope(account, channel);
        ChangedImage.Note(HttpContext, await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation));
        var everywhere = Parameters.Boolean("force_all_channels", forceAllChannels) ?? false;
        try
        {
            await removal.RemoveAsync(uuid, scope.Channel, everywhere, scope.EnsureOwned, Cancellation);
        }
        finally
        {
            // Also where the removal is answered 503 since it could not be flushed.
            if (await lifecycle.FindAsync(uuid, CancellationToken.None) is null)
            {
                await jobs.CancelOfAsync(uuid, Cancellation);
            }
        }

        return NoContent();
    }

    private void RefuseForeign(string? action, string? account, CreateImageParameters parameters)
    {
        if (!string.IsNullOrEmpty(action))
        {
            throw action switch
            {
                "create-from-vm" => MachineImages.RefuseCreation(),
                "import-docker-image" => DockerImages.RefuseImport(Request, account, parameters),
                "import-lxd-image" => LxdImages.RefuseImport(account, parameters),
                _ => Parameters.UnknownAction(action, ImageActions.OnCreate),
            };
        }
    }
}
