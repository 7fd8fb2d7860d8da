using ImgApi.Api.Authentication;
using ImgApi.Api.Contracts;
using ImgApi.Api.Importing;
using ImgApi.Api.Manifests;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Controllers;

/// <summary>What can be done to an image by <c>POST /images/UUID?action=...</c>.</summary>
[Authorize(Policies.Write)]
public sealed class ImageActionsController(
    ImageReading reading, ImageLifecycle lifecycle, ImportActions imports, ManifestUpdate update) : ImgApiController
{
    /// <summary>Activates, disables, enables, updates or imports an image.</summary>
    /// <remarks>
    /// <c>activate</c> makes an image with a file installable; <c>disable</c> takes it off the default list, <c>enable</c> puts
    /// it back; <c>update</c> takes a body with the fields to change, null removing one; <c>import</c> takes a manifest with
    /// its own uuid, which is how <c>imgadm publish</c> begins, or, with <c>source</c>, takes that manifest from another server.
    /// <c>import-remote</c> takes everything from there, origins, file and activation, in a job: the answer is its uuid, to be
    /// asked for at <c>/jobs/UUID</c>. <c>import-from-datacenter</c> does the same with a server of the configuration, for an
    /// account that owns the image there. The others need no body.
    /// </remarks>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="action">What to do.</param>
    /// <param name="account">UUID of the account that asks; it must own the image. Not with import and import-remote.</param>
    /// <param name="skipOwnerCheck">Import only: true does not ask whether the owner exists.</param>
    /// <param name="source">Import and import-remote: URL of another image server, perhaps with ?channel=NAME at its end.</param>
    /// <param name="datacenter">import-from-datacenter: name of a server of the configuration.</param>
    /// <param name="body">Update: the fields to change. Import without source: the manifest.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.ResourceNotFound),
        nameof(ErrorCode.ImageUuidAlreadyExists), nameof(ErrorCode.PreconditionFailed), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.ImageAlreadyActivated),
        nameof(ErrorCode.NoActivationNoFile), nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.InvalidContent),
        nameof(ErrorCode.BadDigest), nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.OriginIsNotActive),
        nameof(ErrorCode.RemoteSource), nameof(ErrorCode.ServiceUnavailable), nameof(ErrorCode.StorageIsDown),
        nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Act(
        Uuid uuid,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "skip_owner_check")] string? skipOwnerCheck,
        [FromQuery(Name = "source")] string? source,
        [FromQuery(Name = "datacenter")] string? datacenter,
        JsonBody<ManifestBody> body)
    {
        if (ImportActions.Know(action))
        {
            return await imports.ActAsync(action!, new ImportRequest(HttpContext, uuid, account, skipOwnerCheck, source, datacenter), body);
        }

        var guard = WriteGuard(Parameters.Scope(account));
        await reading.GetAsync(uuid, guard, Cancellation);
        return Manifest(await ChangeAsync(uuid, action, string.IsNullOrEmpty(account), guard, body));
    }

    private Task<Image> ChangeAsync(Uuid uuid, string? action, bool byOperator, Action<Image> guard, JsonBody<ManifestBody> body) =>
        action switch
        {
            "activate" => lifecycle.ActivateAsync(uuid, guard, Cancellation),
            "disable" => lifecycle.DisableAsync(uuid, guard, Cancellation),
            "enable" => lifecycle.EnableAsync(uuid, guard, Cancellation),
            "update" => UpdateAsync(uuid, byOperator, guard, body),
            null or "" => throw ImgApiException.InvalidParameter(
                "action", "no image \"action\" was specified", FieldError.MissingParameter),
            _ => throw Parameters.UnknownAction(action),
        };

    private async Task<Image> UpdateAsync(Uuid uuid, bool byOperator, Action<Image> guard, JsonBody<ManifestBody> body)
    {
        var changes = ManifestUpdate.EnsureUsable(await body.ReadAsync());
        return await lifecycle.UpdateAsync(uuid, guard, image => update.Apply(image, changes, byOperator), Cancellation);
    }
}
