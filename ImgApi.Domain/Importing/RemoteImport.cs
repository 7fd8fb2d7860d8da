using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.Importing;

/// <summary>
/// AdminImportRemoteImage (contract 5.19): imports manifest, file and icon in one job, origins first, and activates them. If the image exists
/// but was never activated, its unfinished job is returned, or else a new job completes the image.
/// </summary>
public sealed class RemoteImport(IImageRepository images, IRemoteImages remote, OriginChain origins, JobRegistry jobs)
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
            throw ImgApiException.UuidInUse(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, cancellation) is { } running)
        {
            return running;
        }

        var image = await RemoteErrors.ForManifestAsync(request.Uuid, () => Task.FromResult(request.Remote));
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => FetchAsync(image, cancellation));
        if (local is { IsPlaceholder: false } && !manifest.DescribesSameImage(local))
        {
            throw ImgApiException.UuidInUse(request.Uuid);
        }

        var chain = await origins.ResolveAsync(
            image,
            manifest,
            origin => RemoteErrors.ForOriginAsync(origin.Uuid, () => FetchAsync(origin, cancellation)),
            jobs.IsBeingImported,
            cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, cancellation);
    }

    /// <summary>Downloads a manifest. An origin that is not a UUID is refused.</summary>
    private async Task<RemoteManifest> FetchAsync(RemoteImage image, CancellationToken cancellation)
    {
        var manifest = await remote.GetManifestAsync(image, cancellation);
        _ = manifest.Origin;
        return manifest;
    }
}
