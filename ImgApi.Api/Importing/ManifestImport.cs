using ImgApi.Api.Contracts;
using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Text;

namespace ImgApi.Api.Importing;

/// <summary>AdminImportImage (contract 5.18): a manifest with a uuid of its own, from the caller or from another server.</summary>
public sealed class ManifestImport(ManifestIntake intake, ImageImports imports, IRemoteImages remote)
{
    /// <summary>Form A: the manifest is the body.</summary>
    /// <returns>The image, and whether it replaced a placeholder.</returns>
    public async Task<(Image Image, bool Replaced)> FromBodyAsync(ImportRequest request, JsonBody<ManifestBody> body)
    {
        request.EnsureOperator();
        var manifest = await body.ReadObjectAsync();
        var given = manifest.TryGetProperty("uuid", out var value) ? PlainJson.InMessage(value) : "undefined";
        if (!Uuid.TryParse(given, out var uuid) || uuid != request.Uuid)
        {
            throw ImgApiException.InvalidParameter("uuid", $"URL UUID, \"{request.Uuid}\" and body UUID, \"{given}\" do not match");
        }

        request.CheckSkipOwnerCheck();
        await imports.EnsureFreeAsync(request.Uuid, orPlaceholder: true, request.Cancellation);
        var userAgent = request.Http.Request.Headers.UserAgent.ToString();
        var image = await intake.ImportAsync(request.Uuid, manifest, request.Channel, userAgent, request.Cancellation);
        return (image, await imports.AddOrReplaceAsync(image, request.Cancellation));
    }

    /// <summary>Form B: the manifest comes from another server. Its origin may follow later.</summary>
    public async Task<Image> FromSourceAsync(ImportRequest request)
    {
        request.EnsureOperator();
        request.CheckSkipOwnerCheck();
        var manifest = await RemoteErrors.ForManifestAsync(
            request.Uuid, () => remote.GetManifestAsync(request.Remote(), request.Cancellation));
        await imports.EnsureFreeAsync(request.Uuid, orPlaceholder: false, request.Cancellation);
        var image = intake.ImportRemote(request.Uuid, manifest.Json, request.Channel);
        await imports.AddAsync(image, request.Cancellation);
        return image;
    }
}
