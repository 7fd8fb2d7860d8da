using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Domain.Importing;

/// <summary>ImportFromDatacenter (contract 5.20): an account imports its own image from a server that the operator configured.</summary>
public sealed class DatacenterImport(IImageRepository images, OriginChain origins, JobRegistry jobs)
{
    /// <summary>Checks the request and starts the job, or returns the unfinished job for the image.</summary>
    /// <param name="request">Its source is one of <see cref="Datacenters"/>.</param>
    /// <param name="account">The caller, who must own the image there.</param>
    public async Task<Job> StartAsync(ImportRequest request, Uuid account, CancellationToken cancellation)
    {
        var image = request.Remote with { Source = request.Remote.Source with { Account = account, IsConfigured = true } };
        var manifest = await FetchAsync(image, RemoteErrors.ForManifestAsync, cancellation);
        if (!manifest.IsActive)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, $"Cannot import image {request.Uuid} - image is not active.");
        }

        if (manifest.Owner != account)
        {
            throw new ImgApiException(ErrorCode.Unauthorized, $"Cannot import image {request.Uuid} - you are not the owner.");
        }

        if (await images.FindAsync(request.Uuid, cancellation) is { } local && (local.Activated || local.Details.Owner != account))
        {
            throw ImgApiException.UuidInUse(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, cancellation) is { } running)
        {
            return running;
        }

        var chain = await origins.ResolveAsync(image, manifest, origin => OwnOriginAsync(origin, account, cancellation), cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, cancellation);
    }

    private async Task<RemoteManifest> OwnOriginAsync(RemoteImage origin, Uuid account, CancellationToken cancellation)
    {
        var manifest = await FetchAsync(origin, RemoteErrors.ForOriginAsync, cancellation);
        return manifest.Owner == account
            ? manifest
            : throw ImgApiException.NotFound(
                $"Unable to import - origin image {origin.Uuid} must already exist in the datacenter (as this image is not owned by you).");
    }

    /// <summary>Passes the other server's own errors on; only a failed connection or an unusable answer becomes <c>RemoteSourceError</c>.</summary>
    private async Task<RemoteManifest> FetchAsync(
        RemoteImage image, Func<Uuid, Func<Task<RemoteManifest>>, Task<RemoteManifest>> wrap, CancellationToken cancellation)
    {
        try
        {
            return await origins.FetchAsync(image, cancellation);
        }
        catch (ImgApiException fault) when (fault.Code == ErrorCode.RemoteSource)
        {
            return await wrap(image.Uuid, () => Task.FromException<RemoteManifest>(fault));
        }
    }
}
