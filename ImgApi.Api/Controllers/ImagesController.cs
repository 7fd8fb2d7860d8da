using ImgApi.Api.Background;

namespace ImgApi.Api.Controllers;

/// <summary>Images: find, create, delete.</summary>
[Tags(ApiTags.Images)]
internal sealed class ImagesController(
    IImageRepository images, ImageReading reading, ImageLifecycle lifecycle, ImageRemoval removal, ManifestIntake intake, JobRegistry jobs,
    ResumableUploads uploads, ServerRules rules, ILogger<ImagesController> logger) : ImgApiController
{
    /// <summary>Lists images, the oldest first.</summary>
    /// <remarks>
    /// Tags are searched with <c>tag.KEY=VALUE</c>, once per tag; an empty value matches any value. Use <c>limit</c> for a page, and
    /// <c>marker</c> with the UUID of its last image for the next page, which begins with that image.
    /// </remarks>
    [HttpRead("/images", Name = "ListImages")]
    [Authorize(Policies.Read)]
    [Fails(nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ResourceNotFound))]
    public async Task<ActionResult<ImageManifest[]>> List(Caller caller, [FromQuery(Name = "")] ListImagesParameters parameters)
    {
        var channel = rules.Channels.Resolve(parameters.Channel, allowsEvery: true);
        var extra = AdminFields(caller, parameters.InclAdminFields);
        var query = ListQueryReader.Read(parameters, WireQuery.Of(HttpContext), caller.IsTrusted) with
        {
            Channel = channel,
            HidesPrivate = caller.HidesPrivate,
        };
        return Ok(new ListAnswer(query, await images.QueryAsync(query, Cancellation), extra));
    }

    /// <summary>Returns one image, in any state.</summary>
    /// <param name="inclAdminFields">true adds files[].stor; needs credentials.</param>
    [HttpRead("/images/{uuid}", Name = "GetImage")]
    [Authorize(Policies.Read)]
    [Fails(nameof(ErrorCode.PreconditionFailed))]
    public async Task<ActionResult<ImageManifest>> Get(
        Uuid uuid, ImageScope scope, Caller caller, [FromQuery, OneOf("true", "false")] string? inclAdminFields)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        return Manifest(image, AdminFields(caller, inclAdminFields));
    }

    /// <summary>Creates an image from a manifest. AddImageFile uploads its file.</summary>
    /// <remarks>
    /// The actions need services that this server does not have: their requests are validated and answered with 501.
    /// </remarks>
    /// <param name="account">UUID of the account that the image is for; it becomes the owner.</param>
    /// <param name="channel">Name of the channel that the image starts in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="action">Absent for a manifest.</param>
    /// <param name="body">The manifest.</param>
    [HttpPost("/images", Name = "CreateImage")]
    [Needs(Right.Publish)]
    [Fails(
        nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.OriginDoesNotExist),
        nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    [Example("""
        {
          "name": "couchbase-server",
          "version": "4.5.0-snapshot",
          "description": "Snapshot of Couchbase Server 4.5.0 Community Edition",
          "type": "zone-dataset",
          "os": "smartos",
          "requirements": { "networks": [ { "name": "net0", "description": "public" } ] }
        }
        """)]
    public async Task<ActionResult<ImageManifest>> Create(
        Caller caller, [FromQuery] string? account, [FromQuery] string? channel,
        [FromQuery, OneOf(typeof(ImageActions), nameof(ImageActions.OnCreate))] string? action, JsonBody<ManifestBody> body)
    {
        var where = rules.Channels.Resolve(channel, allowsEvery: false);
        if (!string.IsNullOrEmpty(action))
        {
            throw Parameters.UnknownAction(action, ImageActions.OnCreate);
        }

        var manifest = await body.ReadObjectAsync();
        var image = await intake.CreateAsync(manifest, Parameters.Account(account), where, Cancellation);
        return Manifest(await lifecycle.AddAsync(image.PublishedBy(caller.User), Cancellation));
    }

    /// <summary>
    /// Deletes an image with its file and icon, in any state. An image in several channels is only removed from this one. Jobs that import
    /// the image are canceled, and its unfinished uploads are removed.
    /// </summary>
    /// <param name="forceAllChannels">true deletes from all channels at once.</param>
    [HttpDelete("/images/{uuid}", Name = "DeleteImage")]
    [Needs(Right.Publish)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(ErrorSets.Write, nameof(ErrorCode.ImageHasDependentImages))]
    public async Task<IActionResult> Delete(
        Uuid uuid, ImageScope scope, [FromQuery(Name = "force_all_channels"), OneOf("true", "false")] string? forceAllChannels)
    {
        ChangedImage.Note(HttpContext, await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation));
        var everywhere = Parameters.Boolean("force_all_channels", forceAllChannels) ?? false;
        void Guard(Image image) => (ImageRemoval.Leaves(image, scope.Channel, everywhere) ? (Action<Image>)scope.EnsureOwned : scope.EnsureDeletable)(image);
        try
        {
            await removal.RemoveAsync(uuid, scope.Channel, everywhere, Guard, Cancellation);
        }
        finally
        {
            // Also if the removal is answered 503 because it could not be flushed.
            if (await images.FindAsync(uuid, CancellationToken.None) is null)
            {
                await jobs.CancelForImageAsync(uuid, Cancellation);
                await uploads.PurgeAsync(removed => UploadLog.Removed(logger, removed), Cancellation);
            }
        }

        return NoContent();
    }

    /// <summary>Reads <c>inclAdminFields</c>.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>, <c>UnauthorizedError</c>.</exception>
    private static ManifestForm AdminFields(Caller caller, string? parameter) =>
        Parameters.Boolean("inclAdminFields", parameter) != true ? ManifestForm.Plain
        : caller.IsTrusted ? ManifestForm.Admin
        : throw new ImgApiException(ErrorCode.Unauthorized, "Unauthorized (auth required to use \"inclAdminFields\" parameter)");
}
