using ImgApi.Api.Jobs;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Importing;

/// <summary>
/// AdminImportRemoteImage (contract 5.19): manifest, file and activation in one job, origins first. An image that is here already
/// but was never activated is no obstacle: a job that is at it is answered again, and else a new one goes on with what is there.
/// </summary>
public sealed class RemoteImport(IImageRepository images, IRemoteImages remote, OriginChain origins, JobDesk jobs)
{
    /// <summary>Checks the request and starts the job.</summary>
    public async Task<Job> StartAsync(ImportRequest request)
    {
        if (string.IsNullOrEmpty(request.Source))
        {
            throw ImgApiException.ValidationFailed("source", "missing source parameter", FieldError.MissingParameter);
        }

        request.EnsureOperator();
        request.CheckSkipOwnerCheck();
        var local = await images.FindAsync(request.Uuid, request.Cancellation);
        if (local is { Activated: true })
        {
            throw ImageImports.Exists(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, request.Cancellation) is { } running)
        {
            return running;
        }

        var image = await RemoteErrors.ForManifestAsync(request.Uuid, () => Task.FromResult(request.Remote()));
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => FetchAsync(image, request.Cancellation));
        if (local is { IsPlaceholder: false } && !manifest.IsOf(local))
        {
            throw ImageImports.Exists(request.Uuid);
        }

        var chain = await origins.ResolveAsync(
            image,
            manifest,
            origin => RemoteErrors.ForOriginAsync(origin.Uuid, () => FetchAsync(origin, request.Cancellation)),
            jobs.IsBeingMade,
            request.Cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, request.Cancellation);
    }

    /// <summary>A manifest whose origin, if it names one, is a uuid.</summary>
    private async Task<RemoteManifest> FetchAsync(RemoteImage image, CancellationToken cancellation)
    {
        var manifest = await remote.GetManifestAsync(image, cancellation);
        _ = manifest.Origin;
        return manifest;
    }
}
