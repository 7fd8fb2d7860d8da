using ImgApi.Domain.Audit;

namespace ImgApi.Api.Web.Images;

/// <summary>The page of one image.</summary>
internal sealed class ImagePageController(
    ImageReading reading, ImageRelations relations, DamageRegister damages, ManifestCache manifests, ServerConfiguration configuration,
    FetchRegister fetches, IAuditLog audit, TimeProvider clock)
    : PageController
{
    private const int MaxEvents = 50;

    /// <summary>Shows an image in any state and channel, as the API does on request.</summary>
    [HttpRead("/ui/images/{uuid}", Name = "ImagePage")]
    [Authorize(Policies.Read)]
    public async Task<IActionResult> Get(Uuid uuid, Caller caller)
    {
        var scope = new ImageScope(Account: null, Channel: null, caller.Actor) { HidesPrivate = caller.HidesPrivate };
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        var manifest = JsonElement.Parse(manifests.Of(image, ManifestForm.Channels).Json, ManifestDocument.Format);
        var damaged = await damages.OfFilesAsync([image], Cancellation);
        var states = caller.IsTrusted ? StateFilter.All : StateFilter.Active;
        return View("Image", new ImageView(
            image,
            manifest,
            StateBadge.Of(image, damaged.Count > 0, caller.Actor),
            await relations.OriginsAsync(image, caller.HidesPrivate, Cancellation),
            await relations.DependentsAsync(image, states, caller.HidesPrivate, Cancellation),
            InstallCommands.For(image, manifest, PublicUrl.Of(HttpContext), configuration),
            caller.Actor.May(Right.Read) ? await fetches.OfAsync(uuid) : null,
            caller.Actor.May(Right.Operate) ? await audit.ReadAsync(new AuditQuery { Image = uuid, Limit = MaxEvents }, Cancellation) : null,
            clock.GetUtcNow()));
    }
}
