using System.Text.Json;
using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Logging;
using ImgApi.Api.OpenApi;
using ImgApi.Domain.Importing;
using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>The file of an image, fetched from a web server (contract 5.11).</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Files)]
public sealed class ImageFileFromUrlController(ImageReading reading, FileImport imports, ContentWarnings warnings) : ImgApiController
{
    /// <summary>Fetches the file from an https URL. Redirects are not followed; a broken transfer goes on if the other server can do that.</summary>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="compression">How the file is compressed; may be left out if its first bytes tell it. Bytes of another known format are refused.</param>
    /// <param name="sha1">SHA-1 that the file must have, in hex.</param>
    /// <param name="size">Size in bytes that the file must have.</param>
    /// <param name="datasetGuid">GUID of the ZFS snapshot, in decimal; if it is left out, the one that the stream says is recorded.</param>
    /// <param name="force">true takes also what the server's contentCheck refuses; never bytes of another known format than declared.</param>
    /// <param name="storage">Where to keep it: local or manta; this server has local storage only.</param>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="channel">Name of the channel to look in; without it the server's default channel. Only with channels configured.</param>
    /// <param name="body">Where the file is.</param>
    [HttpPost("/images/{uuid}/file/from-url", Name = "AddImageFileFromUrl")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.ResourceNotFound), nameof(ErrorCode.NotImageOwner),
        nameof(ErrorCode.ImageFilesImmutable), nameof(ErrorCode.ImageAlreadyActivated), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.InvalidContent), nameof(ErrorCode.BadDigest), nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.Upload),
        nameof(ErrorCode.Download), nameof(ErrorCode.ContentCheckFailed), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
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
        JsonBody<FileLocation> body)
    {
        var scope = Scope(account, channel);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        var given = await body.ReadAsync();
        image.EnsureFileMutable();
        var declared = Parameters.FileCompression(compression);
        var url = FileUrl(given);
        Parameters.CheckStorage(storage, scope);
        var claims = UploadClaims.Of(sha1, size);
        var isForced = Parameters.Force(force);
        return Manifest(warnings.Tell(HttpContext, await imports.FromUrlAsync(
            uuid,
            url,
            HttpContext.TraceIdentifier,
            content => new FileUpload(
                content.Body, content.Length, declared, claims with { Md5 = content.Md5 }, Parameters.Given(datasetGuid), FileWay.Url)
            {
                IsForced = isForced,
            },
            scope.EnsureOwned,
            Cancellation)));
    }

    private static Uri FileUrl(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty(FileLocation.Key, out var value)
            || value is not { ValueKind: JsonValueKind.String } || value.GetString() is not { Length: > 0 } url)
        {
            throw ImgApiException.InvalidParameter(
                FileLocation.Key, "missing \"file_url\" field from request body", FieldError.Missing);
        }

        return WebUrl.TryParse(url, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw ImgApiException.InvalidParameter(FileLocation.Key, "Only URLs using the https: scheme are supported");
    }
}
