using System.Globalization;
using ImgApi.Api.Logging;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Controllers;

/// <summary>
/// Uploads of image files that continue after an interruption, by the tus protocol 1.0. The last byte makes the upload the image's file, with
/// the checks and errors of AddImageFile.
/// </summary>
[Tags(ApiTags.Files)]
[Tus]
[NotStored]
[Route("/images/{uuid}/file/uploads")]
internal sealed class ResumableUploadsController(
    ImageReading reading, ResumableUploads uploads, ContentWarnings warnings, ServerRules rules, Transfers transfers) : ImgApiController
{
    private static readonly string[] ScopeParameters = ["account", "channel"];

    /// <summary>Names in headers the version of the tus protocol, the supported extensions and the maximum size.</summary>
    [HttpOptions(Name = "GetUploadOptions")]
    [HttpOptions("{upload}", Name = "GetUploadOptionsOfOne")]
    [Authorize(Policies.Ping)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public IActionResult Options(Uuid uuid)
    {
        _ = uuid; // not looked up, but it must be a UUID
        Response.Headers[Tus.Extension] = Tus.Extensions;
        Response.Headers[Tus.MaxSize] = Text(rules.MaxFileSize);
        Response.Headers[Tus.ChecksumAlgorithms] = Tus.ChecksumAlgorithm;
        return NoContent();
    }

    /// <summary>Begins an upload. The header Location of the answer is its URL.</summary>
    /// <remarks>Nothing changes about the image before the upload is complete. Without new bytes an upload expires, see Upload-Expires.</remarks>
    /// <param name="length">Size of the file in bytes.</param>
    /// <param name="metadata">
    /// The query parameters of AddImageFile, each with its value in base64: compression, sha1, md5 (in base64), size, dataset_guid, force,
    /// storage. Other keys are ignored.
    /// </param>
    [HttpPost(Name = "CreateUpload")]
    [Needs(Right.Publish)]
    [ProducesResponseType(StatusCodes.Status201Created)]
    [Fails(
        ErrorSets.Write, ErrorSets.Resumable, nameof(ErrorCode.ImageFilesImmutable), nameof(ErrorCode.Download), nameof(ErrorCode.Upload),
        nameof(ErrorCode.BadDigest), nameof(ErrorCode.TooManyUploads))]
    public async Task<IActionResult> Create(
        Uuid uuid, ImageScope scope, [FromHeader(Name = Tus.UploadLength)] string? length, [FromHeader(Name = Tus.UploadMetadata)] string? metadata)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        image.EnsureFileMutable();
        var size = TusHeaders.Length(Request, length, rules.MaxFileSize);
        var file = UploadMetadata.Read(TusHeaders.Metadata(metadata), scope);
        var progress = await uploads.CreateAsync(uuid, size, file, metadata, scope.EnsureOwned, Cancellation);
        Response.Headers.Location = $"{PublicUrl.Of(HttpContext)}/images/{uuid}/file/uploads/{progress.Upload.Id}{ScopeQuery()}";
        return Show(progress, StatusCodes.Status201Created);
    }

    /// <summary>Returns the number of bytes that have arrived in the header Upload-Offset: the next part begins there.</summary>
    /// <remarks>
    /// It ends another request that still sends a part. If the file is complete but was not committed because of a fault, this commits it.
    /// An upload that has become the image's file keeps its URL, with Upload-Offset equal to Upload-Length, until it expires or 1000 others have
    /// finished after it.
    /// </remarks>
    [HttpHead("{upload}", Name = "GetUpload")]
    [Needs(Right.Publish)]
    [LoggedIfChanged]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [Fails(ErrorSets.Write, ErrorSets.FileUpload, ErrorSets.Resumable, nameof(ErrorCode.UploadConflict), nameof(ErrorCode.UploadSuperseded))]
    public async Task<IActionResult> Get(Uuid uuid, ImageScope scope, Uuid upload)
    {
        var progress = await uploads.ResumeAsync(uuid, upload, scope.EnsureOwned, Cancellation);
        Response.Headers[Tus.UploadLength] = Text(progress.Upload.Length);
        Response.Headers[Tus.UploadMetadata] = progress.Upload.Metadata;
        return Show(progress, StatusCodes.Status200OK);
    }

    /// <summary>Appends a part. With the last byte, the upload becomes the image's file.</summary>
    /// <remarks>
    /// What has arrived is kept if the connection breaks, unless Upload-Checksum was sent. It ends another request that still sends a part.
    /// The last part is answered with the errors of AddImageFile, after which the upload is removed, and with its <c>Warning</c> headers.
    /// POST with the header <c>X-HTTP-Method-Override: PATCH</c> is the same.
    /// </remarks>
    /// <param name="offset">Where the part begins: the Upload-Offset of the previous answer.</param>
    /// <param name="checksum">"sha1", a space and the SHA-1 of the part in base64. A part that does not match is removed again.</param>
    [HttpPatch("{upload}", Name = "AppendToUpload")]
    [Needs(Right.Publish)]
    [LoggedIfChanged]
    [DisableRequestSizeLimit]
    [Bytes(Tus.PartType)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(
        ErrorSets.Write, ErrorSets.FileUpload, ErrorSets.Resumable, nameof(ErrorCode.UploadConflict), nameof(ErrorCode.UploadSuperseded),
        nameof(ErrorCode.UnsupportedMediaType), nameof(ErrorCode.ChecksumMismatch))]
    public async Task<IActionResult> Append(
        Uuid uuid, ImageScope scope, Uuid upload, [FromHeader(Name = Tus.UploadOffset)] string? offset,
        [FromHeader(Name = Tus.UploadChecksum)] string? checksum)
    {
        await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        if (Request.ContentType?.Split(';')[0].Trim().Equals(Tus.PartType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ImgApiException(ErrorCode.UnsupportedMediaType, $"the content type must be {Tus.PartType}");
        }

        await using var body = transfers.BeginUpload(HttpContext, uuid, new InterruptibleBody(Request), Request.ContentLength);
        var part = new UploadPart(body, Request.ContentLength, TusHeaders.Offset(offset), TusHeaders.Checksum(checksum));
        TransferRates.RelaxUpload(HttpContext);
        return Show(await uploads.AppendAsync(uuid, upload, part, scope.EnsureOwned, Cancellation), StatusCodes.Status204NoContent);
    }

    /// <summary>Removes an upload. It ends another request that still sends a part. The image does not change.</summary>
    [HttpDelete("{upload}", Name = "DeleteUpload")]
    [Needs(Right.Publish)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(ErrorSets.Write, ErrorSets.Resumable)]
    public async Task<IActionResult> Delete(Uuid uuid, ImageScope scope, Uuid upload)
    {
        await uploads.RemoveAsync(uuid, upload, scope.EnsureOwned, Cancellation);
        return NoContent();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private StatusCodeResult Show(UploadProgress progress, int status)
    {
        Response.Headers[Tus.UploadOffset] = Text(progress.Offset);
        Response.Headers[Tus.UploadExpires] = progress.ExpiresAt.ToString("r", CultureInfo.InvariantCulture);
        if (progress.Committed is { } image)
        {
            ChangedImage.Note(HttpContext, warnings.Tell(HttpContext, image));
        }

        return StatusCode(status);
    }

    /// <summary>The account and the channel of this request, since clients repeat the URL as it is.</summary>
    private QueryString ScopeQuery()
    {
        var query = WireQuery.Of(HttpContext);
        return QueryString.Create(
            from name in ScopeParameters
            let value = query.Text(name)
            where !string.IsNullOrEmpty(value)
            select KeyValuePair.Create(name, (string?)value));
    }
}
