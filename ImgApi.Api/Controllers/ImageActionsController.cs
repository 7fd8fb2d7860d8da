using System.Text.Json;
using ImgApi.Api.Authentication;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Logging;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Unsupported;
using ImgApi.Domain.Manifests;
using ImgApi.Domain.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>What can be done to an image by <c>POST /images/UUID?action=...</c>.</summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.Images)]
public sealed class ImageActionsController(
    ImageReading reading, ImageLifecycle lifecycle, ImageActivation activation, ImportActions imports, ManifestUpdate update,
    StorageActions storage, ContentWarnings warnings) : ImgApiController
{
    /// <summary>Activates, disables, enables, updates or imports an image, and more.</summary>
    /// <remarks>
    /// <c>activate</c> makes an image with a file installable, and says in a <c>Warning</c> header why no machine could install it;
    /// <c>disable</c> takes it off the default list, <c>enable</c> puts
    /// it back; <c>update</c> takes a body with the fields to change, null removing one; <c>import</c> takes a manifest with
    /// its own uuid, which is how <c>imgadm publish</c> begins, or, with <c>source</c>, takes that manifest from another server.
    /// <c>import-remote</c> takes everything from there, origins, file and activation, in a job: the answer is its uuid, to be
    /// asked for at <c>/jobs/UUID</c>. <c>import-from-datacenter</c> does the same with a server of the configuration, for an
    /// account that owns the image there. <c>channel-add</c> takes <c>{"channel": NAME}</c> and puts the image into that channel
    /// too; <c>change-stor</c> and <c>export</c> answer what a server with local storage only can. The others need no body.
    /// </remarks>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="action">What to do.</param>
    /// <param name="account">UUID of the account that asks; it must own the image. Not with import, import-remote and change-stor.</param>
    /// <param name="channel">
    /// Name of the channel to look in, or to import into; without it the server's default channel. Only with channels configured.
    /// </param>
    /// <param name="parameters">Parameters of single actions.</param>
    /// <param name="body">Update: the fields to change. Import without source: the manifest. Channel-add: the channel.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.ResourceNotFound),
        nameof(ErrorCode.ImageUuidAlreadyExists), nameof(ErrorCode.PreconditionFailed), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.ImageAlreadyActivated),
        nameof(ErrorCode.NoActivationNoFile), nameof(ErrorCode.ContentCheckFailed), nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.InvalidContent),
        nameof(ErrorCode.BadDigest), nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.OriginIsNotActive),
        nameof(ErrorCode.RemoteSource), nameof(ErrorCode.ServiceUnavailable), nameof(ErrorCode.StorageIsDown),
        nameof(ErrorCode.StorageUnsupported), nameof(ErrorCode.InsufficientStorage))]
    public Task<IActionResult> Act(
        Uuid uuid,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "channel")] string? channel,
        [FromQuery(Name = "")] ImageActionParameters parameters,
        JsonBody<ManifestBody> body)
    {
        var where = Rules.Channels.Resolve(channel, allowsEvery: false);
        return action switch
        {
            _ when ImportActions.Know(action) => imports.ActAsync(HttpContext, action!, uuid, account, where, parameters, body),
            "change-stor" => storage.ChangeAsync(uuid, Scope(account, channel), parameters.Stor, Cancellation),
            "export" => storage.ExportAsync(uuid, Scope(account, channel), parameters.MantaPath, Cancellation),
            _ => ChangeAsync(uuid, action, Scope(account, channel), Parameters.Force(parameters.Force), body),
        };
    }

    /// <summary>The actions that change the image and obey preconditions; what is no action at all is told after those.</summary>
    private async Task<IActionResult> ChangeAsync(Uuid uuid, string? action, ImageScope scope, bool isForced, JsonBody<ManifestBody> body)
    {
        var guard = WriteGuard(scope);
        // Also where it is of no use: a client whose body arrives damaged is told so, before all else (contract 5.13, 1.6).
        var given = await body.ReadAsync();
        await reading.GetAsync(uuid, guard, Cancellation);
        return Manifest(await (action switch
        {
            "activate" => ActivateAsync(uuid, guard, isForced),
            "disable" => lifecycle.DisableAsync(uuid, guard, Cancellation),
            "enable" => lifecycle.EnableAsync(uuid, guard, Cancellation),
            "update" => UpdateAsync(uuid, scope.Account is null, guard, given),
            "channel-add" when Rules.Channels.Exist => JoinChannelAsync(uuid, guard, given),
            null or "" => throw ImgApiException.InvalidParameter(
                "action", $"no image \"action\" was specified {Parameters.OneOf(ImageActions.On(Rules.Channels))}", FieldError.MissingParameter),
            _ => throw Parameters.UnknownAction(action, ImageActions.On(Rules.Channels)),
        }));
    }

    private async Task<Image> ActivateAsync(Uuid uuid, Action<Image> guard, bool isForced) =>
        warnings.Tell(HttpContext, await activation.ActivateAsync(uuid, guard, isForced, Cancellation));

    private Task<Image> UpdateAsync(Uuid uuid, bool byOperator, Action<Image> guard, JsonElement? body)
    {
        var changes = ManifestUpdate.EnsureUsable(body);
        return lifecycle.UpdateAsync(uuid, guard, image => update.Apply(image, changes, byOperator), Cancellation);
    }

    private Task<Image> JoinChannelAsync(Uuid uuid, Action<Image> guard, JsonElement? body)
    {
        var target = body is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("channel", out var name)
            ? PlainJson.InMessage(name)
            : "undefined";
        Rules.Channels.EnsureKnown(target);
        return lifecycle.JoinChannelAsync(uuid, target, guard, Cancellation);
    }
}
