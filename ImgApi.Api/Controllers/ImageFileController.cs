using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Api.Logging;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Responses;
using ImgApi.Domain.Importing;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The file of an image.</summary>
[Tags(ApiTags.Files)]
public sealed class ImageFileController(ImageReading reading, ImageUploads uploads, FileImport imports, ContentWarnings warnings) : ImgApiController
{
    /// <summary>Sends the file as it was uploaded, in whatever state the image is. Single byte ranges work, so a download can be resumed.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="account">UUID of the account that asks; what it may not see is 404.</param>
    /// <param name="channel">Name of the channel to look in, * for all; without it the server's default channel. Only with channels configured.</param>
    /// <param name="index">Which file; an image has one, index 0.</param>
    [HttpGet("/images/{uuid}/file", Name = "GetImageFile")]
    [Authorize(Policies.Content)]
    [BinaryResponse("application/octet-stream")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails(
        nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.PreconditionFailed), nameof(ErrorCode.RangeNotSatisfiable),
        nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.StorageIsDown))]
    public async Task<IActionResult> Get(
        Uuid uuid,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "index")] string? index)
    {
        var (scope, place) = (ReadScope(account, channel), Parameters.LeadingNumber(index));
        return await StoredContentResult.FindAsync(reading, () => reading.GetFileAsync(uuid, place, scope.EnsureVisible, Cancellation));
    }

    /// <summary>Uploads the file: the raw bytes are the body, whatever the content type says, unless that is a form. Until the image is activated the file can be replaced.</summary>
    /// <remarks>
    /// For images that are handed to ZFS the beginning of the stream is read: a <c>Warning</c> header says why no machine could install it.
    /// A <c>Content-MD5</c> header is checked too. A form (<c>curl -F</c>) and a part of a file (<c>Content-Range</c>) are refused.
    /// With <c>source</c> the server fetches the file of the same image from there, and ignores the body and the other parameters of the file.
    /// </remarks>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="compression">How the file is compressed; may be left out if its first bytes tell it. Bytes of another known format are refused.</param>
    /// <param name="sha1">SHA-1 that the file must have, in hex.</param>
    /// <param name="size">Size in bytes that the file must have.</param>
    /// <param name="datasetGuid">GUID of the ZFS snapshot, in decimal; if it is left out, the one that the stream says is recorded.</param>
    /// <param name="force">true takes also what the server's contentCheck refuses; never bytes of another known format than declared.</param>
    /// <param name="storage">Where to keep it: local or manta; this server has local storage only.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="source">URL of another image server that has the image, perhaps with ?channel=NAME at its end.</param>
    [HttpPut("/images/{uuid}/file", Name = "AddImageFile")]
    [Authorize(Policies.Write)]
    [DisableRequestSizeLimit]
    [BinaryRequest("application/octet-stream")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner),
        nameof(ErrorCode.ImageFilesImmutable), nameof(ErrorCode.ImageAlreadyActivated), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.Upload), nameof(ErrorCode.Download), nameof(ErrorCode.BadDigest), nameof(ErrorCode.ContentCheckFailed),
        nameof(ErrorCode.RemoteSource), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Add(
        Uuid uuid,
        [FromQuery(Name = "compression")] string? compression,
        [FromQuery(Name = "sha1")] string? sha1,
        [FromQuery(Name = "size")] string? size,
        [FromQuery(Name = "dataset_guid")] string? datasetGuid,
        [FromQuery(Name = "force")] string? force,
        [FromQuery(Name = "storage")] string? storage,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "source")] string? source)
    {
        var scope = Scope(account, channel);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        image.EnsureFileMutable();
        if (!string.IsNullOrEmpty(source))
        {
            Parameters.CheckStorage(storage, scope);
            var import = ImportActions.RequestOf(HttpContext, uuid, scope.Channel, source, force);
            return Manifest(warnings.Tell(HttpContext, await imports.FromSourceAsync(import, scope.EnsureOwned, Cancellation)));
        }

        var declared = Parameters.FileCompression(compression);
        Parameters.CheckStorage(storage, scope);
        var claims = UploadClaims.Of(Request, sha1, size);
        var isForced = Parameters.Force(force);
        uploads.CheckFileLength(Request.ContentLength, claims);
        TransferRates.RelaxUpload(HttpContext);
        var upload = new FileUpload(Request.Body, Request.ContentLength, declared, claims, Parameters.Given(datasetGuid)) { IsForced = isForced };
        return Manifest(warnings.Tell(HttpContext, await uploads.AddFileAsync(uuid, upload, scope.EnsureOwned, Cancellation)));
    }
}
