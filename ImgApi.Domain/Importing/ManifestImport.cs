using System.Text.Json;
using ImgApi.Domain.Access;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>AdminImportImage (contract 5.18): adds a manifest with a given UUID, from the caller or from another server.</summary>
public sealed class ManifestImport(ManifestIntake intake, ImageImports imports, IRemoteImages remote)
{
    /// <summary>Form A: the caller sends the manifest.</summary>
    /// <param name="manifest">A JSON object with this UUID.</param>
    /// <param name="channel">Null on a server without channels.</param>
    /// <param name="actor">Becomes the publisher. A placeholder is replaced only if the actor's role permits its change.</param>
    public async Task<(Image Image, bool Replaced)> FromCallerAsync(
        Uuid uuid, JsonElement manifest, string? channel, string userAgent, Actor actor, CancellationToken cancellation)
    {
        await imports.EnsureFreeAsync(uuid, orPlaceholder: true, cancellation);
        var image = await intake.ImportAsync(uuid, manifest, channel, userAgent, cancellation);
        return await imports.AddOrReplaceAsync(image.PublishedBy(actor.User), new ImageScope(Account: null, Channel: null, actor).EnsureOwned, cancellation);
    }

    /// <summary>Form B: downloads the manifest from another server. The origin may be added later.</summary>
    public async Task<Image> FromSourceAsync(ImportRequest request, string? publisher, CancellationToken cancellation)
    {
        var image = request.Remote;
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => remote.GetManifestAsync(image, cancellation));
        await imports.EnsureFreeAsync(request.Uuid, orPlaceholder: false, cancellation);
        return await imports.AddAsync(intake.ImportRemote(request.Uuid, manifest.Json, request.Channel).PublishedBy(publisher), cancellation);
    }
}
