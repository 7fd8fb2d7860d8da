using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>AdminImportImage (contract 5.18): a manifest with a uuid of its own, from the caller or from another server.</summary>
public sealed class ManifestImport(ManifestIntake intake, ImageImports imports, IRemoteImages remote)
{
    /// <summary>Form A: the caller gives the manifest.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="manifest">A JSON object with that uuid.</param>
    /// <param name="channel">The channel that the image is to be in; null on a server without channels.</param>
    /// <param name="userAgent">The caller's program; see <see cref="ManifestIntake.ImportAsync"/>.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>The image, and whether it replaced a placeholder.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ImageUuidAlreadyExists</c>; <c>InvalidParameter</c>; <c>ValidationFailed</c>; <c>OriginDoesNotExist</c>.
    /// </exception>
    public async Task<(Image Image, bool Replaced)> FromCallerAsync(
        Uuid uuid, JsonElement manifest, string? channel, string userAgent, CancellationToken cancellation)
    {
        await imports.EnsureFreeAsync(uuid, orPlaceholder: true, cancellation);
        return await imports.AddOrReplaceAsync(await intake.ImportAsync(uuid, manifest, channel, userAgent, cancellation), cancellation);
    }

    /// <summary>Form B: the manifest comes from another server. Its origin may follow later.</summary>
    /// <returns>The image.</returns>
    /// <exception cref="ImgApiException">
    /// <c>RemoteSourceError</c>; <c>ImageUuidAlreadyExists</c>; <c>InvalidParameter</c>; <c>ValidationFailed</c>.
    /// </exception>
    public async Task<Image> FromSourceAsync(ImportRequest request, CancellationToken cancellation)
    {
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => remote.GetManifestAsync(request.Remote, cancellation));
        await imports.EnsureFreeAsync(request.Uuid, orPlaceholder: false, cancellation);
        return await imports.AddAsync(intake.ImportRemote(request.Uuid, manifest.Json, request.Channel), cancellation);
    }
}
