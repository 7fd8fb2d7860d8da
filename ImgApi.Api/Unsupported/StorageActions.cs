using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Responses;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Unsupported;

/// <summary>
/// The actions about storages beside this server's own. It has one, so moving a file there is nothing to do, and exporting
/// it to an object store is refused once the request is known to be good (contract 5.22, 5.23).
/// </summary>
public sealed class StorageActions(ImageReading reading)
{
    /// <summary>AdminChangeImageStor.</summary>
    /// <exception cref="ImgApiException"><c>OperatorOnly</c>, <c>ValidationFailed</c>, <c>ResourceNotFound</c>, <c>NotImplemented</c>.</exception>
    public async Task<IActionResult> ChangeAsync(Uuid uuid, ImageScope scope, string? stor, CancellationToken cancellation)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, cancellation);
        if (scope.Account is not null)
        {
            throw Parameters.OperatorOnly();
        }

        if (string.IsNullOrEmpty(stor))
        {
            throw ImgApiException.ValidationFailed("stor", "missing \"stor\" query parameter", FieldError.MissingParameter);
        }

        if (stor != StorageTypes.Local)
        {
            throw ImgApiException.ValidationFailed("stor", $"unknown storage type \"{stor}\"");
        }

        EnsureFile(image);
        return image.Icon is null
            ? new ImageResult(image, ManifestForm.Admin | ManifestForm.Channels, hasEtag: false)
            : throw new ImgApiException(ErrorCode.NotImplemented, "cannot change stor for images with an icon");
    }

    /// <summary>ExportImage.</summary>
    /// <exception cref="ImgApiException">
    /// <c>NotImageOwner</c>, <c>ValidationFailed</c>, <c>InvalidParameter</c>, <c>ResourceNotFound</c>; else <c>StorageUnsupported</c>.
    /// </exception>
    public async Task<IActionResult> ExportAsync(Uuid uuid, ImageScope scope, string? mantaPath, CancellationToken cancellation)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, cancellation);
        if (string.IsNullOrEmpty(mantaPath))
        {
            throw ImgApiException.ValidationFailed("manta_path", "missing 'manta_path' prefix parameter", FieldError.MissingParameter);
        }

        if (mantaPath is not ['/', not '/', ..])
        {
            throw ImgApiException.InvalidParameter("manta_path", "invalid manta_path prefix, not a valid manta path");
        }

        EnsureFile(image);
        throw new ImgApiException(ErrorCode.StorageUnsupported, "storage type is unsupported");
    }

    private static void EnsureFile(Image image)
    {
        if (image.File is null)
        {
            throw ImgApiException.NotFound($"image \"{image.Uuid}\" has no file");
        }
    }
}
