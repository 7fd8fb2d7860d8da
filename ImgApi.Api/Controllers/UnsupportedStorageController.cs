namespace ImgApi.Api.Controllers;

/// <summary>
/// Requests that need other storages than the local one. They are validated as the reference validates them (contract 5.22, 5.23), and a
/// valid one is refused; only moving a file to where it is already succeeds.
/// </summary>
[Needs(Right.Publish)]
[Tags(ApiTags.NotOffered)]
internal sealed class UnsupportedStorageController(ImageReading reading) : ImgApiController
{
    /// <summary>Moves the file to another storage; this server has local storage only. For operators.</summary>
    /// <param name="stor">The storage.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction"), OnAction("change-stor")]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotImplemented))]
    public async Task<ActionResult<ImageManifest>> ChangeStorage(
        Uuid uuid, ImageScope scope, [FromQuery, OneOf(StorageTypes.Local)] string? stor)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        var refusal = scope.Account is not null ? Parameters.OperatorOnly()
            : string.IsNullOrEmpty(stor) ? ImgApiException.ValidationFailed("stor", "missing \"stor\" query parameter", FieldError.MissingParameter)
            : stor != StorageTypes.Local ? ImgApiException.ValidationFailed("stor", $"unknown storage type \"{stor}\"")
            : image.File is null ? NoFile(image)
            : image.Icon is not null ? new ImgApiException(ErrorCode.NotImplemented, "cannot change stor for images with an icon")
            : null;
        return refusal is null ? Manifest(image, ManifestForm.Admin | ManifestForm.Channels, hasEtag: false) : throw refusal;
    }

    /// <summary>Exports the image to an object store; this server has none, so valid requests are refused.</summary>
    /// <param name="mantaPath">The path to export to.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction"), OnAction("export")]
    [Fails(nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.StorageUnsupported))]
    public async Task<ActionResult<ImageManifest>> Export(Uuid uuid, ImageScope scope, [FromQuery(Name = "manta_path")] string? mantaPath)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        throw string.IsNullOrEmpty(mantaPath)
                ? ImgApiException.ValidationFailed("manta_path", "missing 'manta_path' prefix parameter", FieldError.MissingParameter)
            : mantaPath is not ['/', not '/', ..]
                ? ImgApiException.InvalidParameter("manta_path", "invalid manta_path prefix, not a valid manta path")
            : image.File is null ? NoFile(image)
            : new ImgApiException(ErrorCode.StorageUnsupported, "storage type is unsupported");
    }

    private static ImgApiException NoFile(Image image) => ImgApiException.NotFound($"image \"{image.Uuid}\" has no file");
}
