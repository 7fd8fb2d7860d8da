using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>
/// AdminImportRemoteImage (contract 5.19): manifest, file and activation in one job, origins first. An image that is here already
/// but was never activated is no obstacle: a job that is at it is answered again, and else a new one goes on with what is there.
/// </summary>
public sealed class RemoteImport(IImageRepository images, IRemoteImages remote, OriginChain origins, JobDesk jobs)
{
    /// <summary>Checks the request and starts the job.</summary>
    /// <exception cref="ImgApiException">
    /// <c>ImageUuidAlreadyExists</c>; <c>OriginIsNotActive</c>; <c>RemoteSourceError</c>; <c>ServiceUnavailableError</c>.
    /// </exception>
    public async Task<Job> StartAsync(ImportRequest request, CancellationToken cancellation)
    {
        var local = await images.FindAsync(request.Uuid, cancellation);
        if (local is { Activated: true })
        {
            throw ImageImports.Exists(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, cancellation) is { } running)
        {
            return running;
        }

        var image = await RemoteErrors.ForManifestAsync(request.Uuid, () => Task.FromResult(request.Remote));
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => FetchAsync(image, cancellation));
        if (local is { IsPlaceholder: false } && !manifest.IsOf(local))
        {
            throw ImageImports.Exists(request.Uuid);
        }

        var chain = await origins.ResolveAsync(
            image,
            manifest,
            origin => RemoteErrors.ForOriginAsync(origin.Uuid, () => FetchAsync(origin, cancellation)),
            jobs.IsBeingMade,
            cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, cancellation);
    }

    /// <summary>A manifest whose origin, if it names one, is a uuid.</summary>
    private async Task<RemoteManifest> FetchAsync(RemoteImage image, CancellationToken cancellation)
    {
        var manifest = await remote.GetManifestAsync(image, cancellation);
        _ = manifest.Origin;
        return manifest;
    }
}
