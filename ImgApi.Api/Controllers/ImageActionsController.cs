using ImgApi.Api.Logging;

namespace ImgApi.Api.Controllers;

/// <summary>
/// The actions of <c>POST /images/UUID?action=...</c> that change the image and obey preconditions, each a method; <see cref="OnActionAttribute"/>
/// selects it. The API documentation shows all actions, also those of other controllers, as the one operation <c>ImageAction</c>.
/// </summary>
/// <remarks>All of them read the body, needed or not: a body that arrives damaged is reported before anything else (contract 5.13, 1.6).</remarks>
[Needs(Right.Publish)]
[Tags(ApiTags.Images)]
[Route("/images/{uuid}", Name = "ImageAction")]
[Fails(ErrorSets.Write, nameof(ErrorCode.PreconditionFailed))]
internal sealed class ImageActionsController(
    ImageReading reading, ImageLifecycle lifecycle, ImageActivation activation, ManifestUpdate update, ConditionalRequests conditions,
    ContentWarnings warnings, ServerRules rules) : ImgApiController
{
    /// <summary>Activates, disables, enables, updates or imports an image, and more.</summary>
    /// <param name="action">What to do.</param>
    [HttpPost]
    public async Task<ActionResult<ImageManifest>> Unknown(
        Uuid uuid, ImageScope scope,
        [FromQuery, OneOf(typeof(ImageActions), nameof(ImageActions.OnImage), IsRequired = true)] string? action,
        JsonBody<ManifestBody> body)
    {
        await CheckAsync(uuid, scope, body);
        throw string.IsNullOrEmpty(action)
            ? ImgApiException.InvalidParameter(
                "action", $"no image \"action\" was specified {Parameters.OneOf(ImageActions.On(rules.Channels))}", FieldError.MissingParameter)
            : Parameters.UnknownAction(action, ImageActions.On(rules.Channels));
    }

    /// <summary>
    /// Makes an image with a file installable. A <c>Warning</c> header says why no machine could install it. On a server with <c>approval</c>, an
    /// image of the role publish waits, and the answer is 202.
    /// </summary>
    /// <param name="force">true accepts files that the server's contentCheck refuses.</param>
    [HttpPost, OnAction("activate")]
    [ProducesResponseType<ImageManifest>(StatusCodes.Status202Accepted)]
    [Fails(nameof(ErrorCode.ImageAlreadyActivated), nameof(ErrorCode.NoActivationNoFile), nameof(ErrorCode.ContentCheckFailed))]
    public async Task<ActionResult<ImageManifest>> Activate(
        Uuid uuid, ImageScope scope, [FromQuery] string? force, JsonBody<ManifestBody> body)
    {
        var isForced = Parameters.Force(force);
        await body.ReadAsync();
        if (!rules.NeedsApproval(scope.Actor))
        {
            return Manifest(warnings.Tell(HttpContext, await activation.ActivateAsync(uuid, Guard(scope), isForced, Cancellation)));
        }

        var waiting = await activation.RequestApprovalAsync(uuid, Guard(scope), isForced, Cancellation);
        Response.StatusCode = StatusCodes.Status202Accepted;
        return Manifest(warnings.Tell(HttpContext, waiting));
    }

    /// <summary>Removes the image from the default list.</summary>
    [HttpPost, OnAction("disable")]
    public async Task<ActionResult<ImageManifest>> Disable(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        await body.ReadAsync();
        return Manifest(await lifecycle.DisableAsync(uuid, Guard(scope), Cancellation));
    }

    /// <summary>Adds the image to the default list again.</summary>
    [HttpPost, OnAction("enable")]
    public async Task<ActionResult<ImageManifest>> Enable(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        await body.ReadAsync();
        return Manifest(await lifecycle.EnableAsync(uuid, Guard(scope), Cancellation));
    }

    /// <summary>Changes fields of the manifest.</summary>
    /// <param name="body">The fields to change; null removes a field.</param>
    [HttpPost, OnAction("update")]
    [Fails(nameof(ErrorCode.OriginDoesNotExist), nameof(ErrorCode.ImageUuidAlreadyExists), nameof(ErrorCode.ImageHasDependentImages))]
    [Example("""{ "description": "Couchbase Server 4.5.0", "tags": { "role": "db" } }""")]
    public async Task<ActionResult<ImageManifest>> Update(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        var changes = ManifestUpdate.EnsureUsable(await CheckAsync(uuid, scope, body));
        var byOperator = scope.Account is null;
        return Manifest(await lifecycle.UpdateAsync(uuid, Guard(scope), Apply, Cancellation));

        ImageChange Apply(Image image)
        {
            var change = update.Apply(image, changes, byOperator);
            if (change.Label == ImageState.Active && change.Label != image.State && rules.NeedsApproval(scope.Actor))
            {
                // For imgadm, the label makes the image active.
                scope.Actor.Ensure(Right.Approve);
            }

            return change;
        }
    }

    /// <summary>Adds the image to one more channel.</summary>
    /// <param name="body">The name of the channel.</param>
    [HttpPost, OnAction("channel-add")]
    [Example("""{ "channel": "release" }""")]
    public async Task<ActionResult<ImageManifest>> JoinChannel(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        var given = await CheckAsync(uuid, scope, body);
        if (!rules.Channels.Exist)
        {
            throw Parameters.UnknownAction("channel-add", ImageActions.On(rules.Channels));
        }

        var target = given is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("channel", out var name)
            ? PlainJson.InMessage(name)
            : "undefined";
        rules.Channels.EnsureKnown(target);
        return Manifest(await lifecycle.JoinChannelAsync(uuid, target, Guard(scope), Cancellation));
    }

    /// <summary>Reads the body and checks the image, before anything is refused that the body or the action says.</summary>
    private async Task<JsonElement?> CheckAsync(Uuid uuid, ImageScope scope, JsonBody<ManifestBody> body)
    {
        var given = await body.ReadAsync();
        await reading.GetAsync(uuid, Guard(scope), Cancellation);
        return given;
    }

    private Action<Image> Guard(ImageScope scope) => scope.EnsureOwned + conditions.Guard(HttpContext);
}
