using ImgApi.Api.Authentication;
using ImgApi.Api.Contracts;
using ImgApi.Api.Manifests;
using ImgApi.Api.OpenApi;
using ImgApi.Api.Validation;
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
    ImageReading reading, ImageLifecycle lifecycle, ManifestIntake intake, ManifestUpdate update) : ImgApiController
{
    /// <summary>Activates, disables, enables, updates or imports an image.</summary>
    /// <remarks>
    /// <c>activate</c> makes an image with a file installable; <c>disable</c> takes it off the default list, <c>enable</c> puts
    /// it back; <c>update</c> takes a body with the fields to change, null removing one; <c>import</c> takes a manifest with
    /// its own uuid, which is how <c>imgadm publish</c> begins. The others need no body.
    /// </remarks>
    /// <param name="uuid">UUID of the image.</param>
    /// <param name="action">What to do.</param>
    /// <param name="account">UUID of the account that asks; it must own the image. Not with import.</param>
    /// <param name="skipOwnerCheck">Import only: true does not ask whether the owner exists.</param>
    /// <param name="body">Update: the fields to change. Import: the manifest.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status200OK)]
    [Fails(
        nameof(ErrorCode.Unauthorized), nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.ResourceNotFound),
        nameof(ErrorCode.ImageUuidAlreadyExists), nameof(ErrorCode.PreconditionFailed), nameof(ErrorCode.InvalidParameter),
        nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.ImageAlreadyActivated),
        nameof(ErrorCode.NoActivationNoFile), nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.InvalidContent),
        nameof(ErrorCode.BadDigest), nameof(ErrorCode.PayloadTooLarge), nameof(ErrorCode.StorageIsDown),
        nameof(ErrorCode.InsufficientStorage))]
    public async Task<IActionResult> Act(
        Uuid uuid,
        [FromQuery(Name = "action")] string? action,
        [FromQuery(Name = "account")] string? account,
        [FromQuery(Name = "skip_owner_check")] string? skipOwnerCheck,
        JsonBody<ManifestBody> body)
    {
        if (action == "import")
        {
            return await ImportAsync(uuid, account, skipOwnerCheck, body);
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

    private async Task<IActionResult> ImportAsync(Uuid uuid, string? account, string? skipOwnerCheck, JsonBody<ManifestBody> body)
    {
        if (!string.IsNullOrEmpty(account))
        {
            throw new ImgApiException(ErrorCode.OperatorOnly, "this endpoint may only be called by an operator");
        }

        var manifest = await body.ReadObjectAsync();
        var given = manifest.TryGetProperty("uuid", out var value) ? JsonRules.Plain(value) : "undefined";
        if (given != uuid.ToString())
        {
            throw ImgApiException.InvalidParameter("uuid", $"URL UUID, \"{uuid}\" and body UUID, \"{given}\" do not match");
        }

        _ = Parameters.Boolean("skip_owner_check", skipOwnerCheck, emptyIsAbsent: true);
        await lifecycle.EnsureFreeAsync(uuid, Cancellation);
        var image = await intake.ImportAsync(uuid, manifest, Request.Headers.UserAgent.ToString(), Cancellation);
        return Manifest(await lifecycle.AddAsync(image, Cancellation));
    }
}
