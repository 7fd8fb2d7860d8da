namespace ImgApi.Api.Controllers;

/// <summary>The icon of an image. It can be added and deleted in every state of the image.</summary>
[Tags(ApiTags.Files)]
internal sealed class ImageIconController(ImageReading reading, ImageUploads uploads) : ImgApiController
{
    /// <summary>Sends the icon.</summary>
    [HttpRead("/images/{uuid}/icon", Name = "GetImageIcon")]
    [Authorize(Policies.Content)]
    [Bytes("image/png", "image/jpeg", "image/gif")]
    [Fails(ErrorSets.Content)]
    public ActionResult Get(Uuid uuid, ImageScope scope)
    {
        // An icon may be any bytes. These headers keep a browser from running it as a page of this server.
        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Ok(new ContentAnswer(() => reading.GetIconAsync(uuid, scope.EnsureVisible, Cancellation)));
    }

    /// <summary>Uploads the icon: the raw bytes are the body, at most 128 KiB.</summary>
    [HttpPut("/images/{uuid}/icon", Name = "AddImageIcon")]
    [HttpPost("/images/{uuid}/icon", Name = "AddImageIconByPost")]
    [Needs(Right.Publish)]
    [Bytes("image/png", "image/jpeg", "image/gif")]
    [Fails(ErrorSets.Write, nameof(ErrorCode.Upload), nameof(ErrorCode.BadDigest))]
    public async Task<ActionResult<ImageManifest>> Add(Uuid uuid, ImageScope scope, [FromQuery(Name = "")] UploadParameters parameters)
    {
        await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        UploadClaims.RefuseForm(Request);
        if (!ImageIcon.ContentTypes.Contains(Request.ContentType))
        {
            throw new ImgApiException(
                ErrorCode.Upload,
                $"invalid content-type, {Request.ContentType ?? "undefined"}, must be one of {string.Join(", ", ImageIcon.ContentTypes)}");
        }

        Parameters.CheckStorage(parameters.Storage, scope);
        var claims = UploadClaims.Of(Request, parameters);
        ImageUploads.CheckIconLength(Request.ContentLength, claims);
        var upload = new IconUpload(Request.Body, Request.ContentLength, Request.ContentType!, claims);
        return Manifest(await uploads.AddIconAsync(uuid, upload, scope.EnsureOwned, Cancellation));
    }

    /// <summary>Deletes the icon.</summary>
    [HttpDelete("/images/{uuid}/icon", Name = "DeleteImageIcon")]
    [Needs(Right.Publish)]
    [Fails(ErrorSets.Write)]
    public async Task<ActionResult<ImageManifest>> Delete(Uuid uuid, ImageScope scope) =>
        Manifest(await uploads.RemoveIconAsync(uuid, scope.EnsureOwned, Cancellation));
}
