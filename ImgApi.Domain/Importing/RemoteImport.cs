using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>
/// AdminImportRemoteImage (contract 5.19): imports manifest, file and icon in one job, origins first, and activates them. If the image exists
/// but was never activated, its unfinished job is returned, or else a new job completes the image.
/// </summary>
public sealed class RemoteImport(IImageRepository images, OriginChain origins, JobRegistry jobs)
{
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

        var image = request.Remote;
        var manifest = await RemoteErrors.ForManifestAsync(request.Uuid, () => origins.FetchAsync(image, cancellation));
        if (local is { IsPlaceholder: false } && !manifest.DescribesSameImage(local))
        {
            throw ImgApiException.UuidInUse(request.Uuid);
        }

        var chain = await origins.ResolveAsync(
            image, manifest, origin => RemoteErrors.ForOriginAsync(origin.Uuid, () => origins.FetchAsync(origin, cancellation)), cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, cancellation);
    }
}
