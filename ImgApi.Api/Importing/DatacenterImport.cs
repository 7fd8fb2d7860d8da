using ImgApi.Api.Configuration;
using ImgApi.Api.Jobs;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Importing;

/// <summary>ImportFromDatacenter (contract 5.20): an account fetches an image of its own from a server that the operator configured.</summary>
public sealed class DatacenterImport(
    ServerConfiguration configuration, IImageRepository images, IRemoteImages remote, OriginChain origins, JobDesk jobs)
{
    /// <summary>Checks the request and starts the job.</summary>
    public async Task<Job> StartAsync(ImportRequest request)
    {
        var account = Account(request.Account);
        var source = Datacenter(request.Datacenter) with { Account = account, IsConfigured = true };
        var image = new RemoteImage(source, request.Uuid, request.Http.TraceIdentifier);
        var manifest = await FetchAsync(image, RemoteErrors.ForManifestAsync, request.Cancellation);
        if (!manifest.IsActive)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, $"Cannot import image {request.Uuid} - image is not active.");
        }

        if (manifest.Owner != account)
        {
            throw new ImgApiException(ErrorCode.Unauthorized, $"Cannot import image {request.Uuid} - you are not the owner.");
        }

        if (await images.FindAsync(request.Uuid, request.Cancellation) is { } local && (local.Activated || local.Details.Owner != account))
        {
            throw ImageImports.Exists(request.Uuid);
        }

        if (await jobs.FindLiveAsync(request.Uuid, request.Cancellation) is { } running)
        {
            return running;
        }

        var chain = await origins.ResolveAsync(
            image, manifest, origin => OwnOriginAsync(origin, account, request.Cancellation), jobs.IsBeingMade, request.Cancellation);
        return await jobs.SubmitAsync(image, chain, request.Channel, request.IsForced, request.Cancellation);
    }

    private static Uuid Account(string? account) => Uuid.TryParse(account, out var uuid)
        ? uuid
        : throw ImgApiException.ValidationFailed("account", $"invalid image \"account\" (not a UUID): {account ?? "undefined"}");

    private ImageSource Datacenter(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw ImgApiException.ValidationFailed("datacenter", "missing datacenter parameter", FieldError.MissingParameter);
        }

        var names = string.Join(", ", configuration.Datacenters.Keys.Where(known => known != configuration.DatacenterName));
        if (!configuration.Datacenters.TryGetValue(name, out var source))
        {
            throw ImgApiException.ValidationFailed(
                "datacenter", $"datacenter \"{name}\" is not supported, valid datacenters names are: {names}");
        }

        return name != configuration.DatacenterName
            ? source
            : throw ImgApiException.ValidationFailed(
                "datacenter", $"cannot import into the same datacenter, valid datacenters names are: {names}");
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
