using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Importing;

/// <summary>ImportFromDatacenter (contract 5.20): an account fetches an image of its own from a server that the operator configured.</summary>
public sealed class DatacenterImport(IImageRepository images, IRemoteImages remote, OriginChain origins, JobDesk jobs)
{
    /// <summary>Checks the request and starts the job.</summary>
    /// <param name="request">The import; its source is one of <see cref="Datacenters"/>.</param>
    /// <param name="account">Who asks, and must own the image there.</param>
    /// <param name="cancellation">Honoured until the job is kept.</param>
    /// <exception cref="ImgApiException">
    /// <c>ValidationFailed</c>; <c>Unauthorized</c>; <c>ImageUuidAlreadyExists</c>; <c>OriginIsNotActive</c>; the other server's own, or
    /// <c>RemoteSourceError</c>; <c>ServiceUnavailableError</c>.
    /// </exception>
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
            throw ImageImports.Exists(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, cancellation) is { } running)
        {
            return running;
        }

        var chain = await origins.ResolveAsync(
            image, manifest, origin => OwnOriginAsync(origin, account, cancellation), jobs.IsBeingMade, cancellation);
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

    /// <summary>What the other server refuses comes through as it is; only if it does not answer well it is a remote error of ours.</summary>
    private async Task<RemoteManifest> FetchAsync(
        RemoteImage image, Func<Uuid, Func<Task<RemoteManifest>>, Task<RemoteManifest>> explain, CancellationToken cancellation)
    {
        try
        {
            var manifest = await remote.GetManifestAsync(image, cancellation);
            _ = manifest.Origin;
            return manifest;
        }
        catch (ImgApiException fault) when (fault.Code == ErrorCode.RemoteSource)
        {
            return await explain(image.Uuid, () => Task.FromException<RemoteManifest>(fault));
        }
    }
}
