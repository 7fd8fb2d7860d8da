using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Images;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>
/// Creates an image, uploads its file and activates it. If a step is refused or canceled, the image is removed again, unless it is active by
/// then. If the server does not answer any more, it stays, and the same command continues.
/// </summary>
internal sealed class Publisher(Session session, ParseResult parsed, TransferBars bars)
{
    private static readonly TimeSpan TimeToRemove = TimeSpan.FromSeconds(10);

    private readonly TransferState _state = TransferState.OfUser();

    /// <returns>The manifest of the published image.</returns>
    /// <exception cref="CommandException">The same command is running already.</exception>
    public async Task<RemoteManifest> PublishAsync(Publication publication, CancellationToken cancellation)
    {
        var parameters = await OutgoingFile.InspectAsync(
            publication.Source, publication.Manifest, publication.Claims, publication.Compression, publication.IsForced, cancellation);
        string[]? key = publication.Source.Identity is { } identity
            ? ["publish", session.Source.ToString(), PlainJson.Text(publication.Manifest), identity]
            : null;
        using var hold = key is null ? null : _state.Hold(key);
        var begun = key is null ? null : await ContinueAsync(key, cancellation);
        var image = session.Image(begun?.Uuid ?? await CreateAsync(publication, key, cancellation));
        try
        {
            var manifest = begun?.IsActive == true ? begun : await FillAsync(image, publication, parameters, cancellation);
            Forget(key);
            return manifest;
        }
        catch (Exception failure)
        {
            await ClearAsync(image, publication, key, failure);
            throw;
        }
    }

    /// <summary>The image of an earlier run of the same command, which was interrupted; null if there is none.</summary>
    private async Task<RemoteManifest?> ContinueAsync(string[] key, CancellationToken cancellation)
    {
        if (_state.Find(key) is not { } uuid)
        {
            return null;
        }

        try
        {
            var manifest = await session.Images.GetManifestAsync(session.Image(uuid), cancellation);
            bars.Note($"imgapi: continuing with image {uuid}");
            return manifest;
        }
        catch (ImgApiException missing) when (missing.Code == ErrorCode.ResourceNotFound)
        {
            Forget(key);
            return null;
        }
    }

    private async Task<Uuid> CreateAsync(Publication publication, string[]? key, CancellationToken cancellation)
    {
        var manifest = publication.Manifest;
        var uuid = await Refusals.WithSearchAsync(parsed, CreateCommand.Search, bars.LastNote, async () => manifest.Member("uuid").AsUuid() is { } given
            ? (await session.Changes.ActAsync(session.Image(given), "import", manifest, cancellation)).Member("uuid").AsUuid() ?? given
            : (await session.Changes.CreateAsync(session.Source, manifest, session.RequestId, cancellation)).Uuid!.Value);
        if (key is not null)
        {
            _state.Remember(uuid, key);
        }

        return uuid;
    }

    private async Task<RemoteManifest> FillAsync(
        RemoteImage image, Publication publication, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancellation)
    {
        var manifest = await new FileSender(session, TransferRules.Of(parsed), _state, bars).SendAsync(image, publication.Source, parameters, cancellation);
        if (publication.Icon is { } icon)
        {
            manifest = await session.Changes.PutIconAsync(image, icon.Bytes, icon.ContentType, cancellation);
        }

        return publication.Activates
            ? new RemoteManifest(await ActivateCommand.ActivateAsync(session, image, publication.IsForced, cancellation))
            : manifest;
    }

    /// <summary>Removes the image after a failure, or says that it stays and how to go on.</summary>
    private async Task ClearAsync(RemoteImage image, Publication publication, string[]? key, Exception failure)
    {
        var title = $"imgapi: image {image.Uuid} ({publication.Title})";
        // An image that got another file meanwhile has the work of somebody else.
        if (publication.Keeps || (failure is ImgApiException refusal && (Refusals.IsUnreachable(refusal) || refusal.Code == ErrorCode.UploadSuperseded)))
        {
            bars.LastNote($"{title} stays at the server; to go on: {(key is not null ? GoOn.Again(parsed) : PipeCompletion.Commands(parsed, image.Uuid, publication))}");
            return;
        }

        bars.Note($"{title} is being removed");
        bars.LastNote($"{title} {await RemoveAsync(image, key)}");
    }

    /// <returns>What became of the image.</returns>
    private async Task<string> RemoveAsync(RemoteImage image, string[]? key)
    {
        using var limit = new CancellationTokenSource(TimeToRemove);
        try
        {
            // Somebody else may have activated it, and may use it.
            var manifest = await session.Images.GetManifestAsync(image, limit.Token);
            if (manifest.Json.Member("state").AsText() != ImageState.Unactivated)
            {
                return "stays at the server, since it was activated meanwhile";
            }

            await session.Changes.DeleteAsync(image, fromAllChannels: false, limit.Token);
            Forget(key);
            return "was removed again";
        }
        catch (Exception fault) when (fault is ImgApiException or OperationCanceledException)
        {
            var reason = fault is ImgApiException refusal ? refusal.Message : "the server does not answer";
            return $"stays at the server, since it cannot be removed: {reason}; to remove it: {GoOn.Command(parsed, $"delete {image.Uuid}")}";
        }
    }

    private void Forget(string[]? key)
    {
        if (key is not null)
        {
            _state.Forget(key);
        }
    }
}
