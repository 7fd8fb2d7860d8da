using ImgApi.Api.Logging;
using ImgApi.Api.Observability;

namespace ImgApi.Api.Controllers;

/// <summary>The file of an image.</summary>
[Tags(ApiTags.Files)]
internal sealed class ImageFileController(
    ImageReading reading, ImageUploads uploads, FileImport imports, ContentWarnings warnings, Transfers transfers)
    : ImgApiController
{
    private const string FileUrlKey = "file_url";

    /// <summary>Sends the file as it was uploaded; the image can be in any state. Single byte ranges work, so a download can be resumed.</summary>
    /// <param name="index">Which file; an image has one, index 0.</param>
    [HttpRead("/images/{uuid}/file", Name = "GetImageFile")]
    [Authorize(Policies.Content)]
    [Bytes("application/octet-stream")]
    [Fails(ErrorSets.Content)]
    public ActionResult Get(Uuid uuid, ImageScope scope, [FromQuery] string? index)
    {
        var place = Parameters.LeadingNumber(index);
        return Ok(new ContentAnswer(() => reading.GetFileAsync(uuid, place, scope.EnsureVisible, Cancellation)));
    }

    /// <summary>
    /// Uploads the file: the raw bytes are the body, whatever the content type says, unless that is a form. Until the image is activated the
    /// file can be replaced.
    /// </summary>
    /// <remarks>
    /// For images that ZFS receives the beginning of the stream is read: a <c>Warning</c> header says why no machine could install it.
    /// A <c>Content-MD5</c> header is checked too. A form (<c>curl -F</c>) and a part of a file (<c>Content-Range</c>) are refused.
    /// With <c>source</c> the server fetches the file of the same image from there, and ignores the body and the other parameters of the file.
    /// </remarks>
    /// <param name="source">URL of another image server that has the image, optionally with ?channel=NAME at its end.</param>
    [HttpPut("/images/{uuid}/file", Name = "AddImageFile")]
    [Needs(Right.Publish)]
    [DisableRequestSizeLimit]
    [Bytes("application/octet-stream")]
    [Fails(ErrorSets.Write, ErrorSets.FileUpload, nameof(ErrorCode.RemoteSource))]
    public async Task<ActionResult<ImageManifest>> Add(
        Uuid uuid, ImageScope scope, [FromQuery(Name = "")] FileUploadParameters parameters, [FromQuery] string? source)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        image.EnsureFileMutable();
        if (!string.IsNullOrEmpty(source))
        {
            Parameters.CheckStorage(parameters.Storage, scope);
            var import = ImportOf(uuid, scope.Channel, source, parameters.Force);
            return Manifest(warnings.Tell(HttpContext, await imports.AddFileAsync(import, scope.EnsureOwned, Cancellation)));
        }

        var declared = Parameters.FileCompression(parameters.Compression);
        Parameters.CheckStorage(parameters.Storage, scope);
        var claims = UploadClaims.Of(Request, parameters);
        var isForced = Parameters.Force(parameters.Force);
        uploads.CheckFileLength(Request.ContentLength, claims);
        TransferRates.RelaxUpload(HttpContext);
        var guid = Parameters.Given(parameters.DatasetGuid);
        await using var body = transfers.BeginUpload(HttpContext, uuid, Request.Body, Request.ContentLength);
        var upload = new FileUpload(body, Request.ContentLength, new(declared, claims, guid) { IsForced = isForced });
        return Manifest(warnings.Tell(HttpContext, await uploads.AddFileAsync(uuid, upload, scope.EnsureOwned, Cancellation)));
    }

    /// <summary>
    /// Fetches the file from an https URL. Redirects are not followed; an interrupted transfer resumes if the other server supports it.
    /// </summary>
    /// <param name="body">The URL of the file.</param>
    [HttpPost("/images/{uuid}/file/from-url", Name = "AddImageFileFromUrl")]
    [Needs(Right.Publish)]
    [Fails(ErrorSets.Write, ErrorSets.FileUpload)]
    [Example("""{ "file_url": "https://images.example.com/couchbase.zfs.gz" }""")]
    public async Task<ActionResult<ImageManifest>> AddFromUrl(
        Uuid uuid, ImageScope scope, [FromQuery(Name = "")] FileUploadParameters parameters, JsonBody<FileLocation> body)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        var given = await body.ReadAsync();
        image.EnsureFileMutable();
        var declared = Parameters.FileCompression(parameters.Compression);
        var url = FileUrl(given);
        Parameters.CheckStorage(parameters.Storage, scope);
        var claims = UploadClaims.Of(parameters);
        var (isForced, guid) = (Parameters.Force(parameters.Force), Parameters.Given(parameters.DatasetGuid));
        return Manifest(warnings.Tell(HttpContext, await imports.AddFileFromUrlAsync(
            uuid,
            url,
            HttpContext.TraceIdentifier,
            content => new FileUpload(
                content.Body, content.Length, new(declared, claims with { Md5 = content.Md5 }, guid, UploadSource.Url) { IsForced = isForced }),
            scope.EnsureOwned,
            Cancellation)));
    }

    private static Uri FileUrl(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty(FileUrlKey, out var value)
            || value is not { ValueKind: JsonValueKind.String } || value.GetString() is not { Length: > 0 } url)
        {
            throw ImgApiException.InvalidParameter(
                FileUrlKey, "missing \"file_url\" field from request body", FieldError.Missing);
        }

        return WebUrl.TryParse(url, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw ImgApiException.InvalidParameter(FileUrlKey, "Only URLs using the https: scheme are supported");
    }
}
