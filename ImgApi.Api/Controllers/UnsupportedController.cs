using System.Text.Json;
using ImgApi.Api.Responses;
using ImgApi.Api.Unsupported;
using ImgApi.Domain.UseCases;

namespace ImgApi.Api.Controllers;

/// <summary>
/// Requests that need other services of a datacenter, or other storages. They are validated as the reference validates them, and a valid
/// one is refused; only moving a file to where it is already succeeds.
/// </summary>
[Authorize(Policies.Write)]
[Tags(ApiTags.NotOffered)]
public sealed class UnsupportedController(ImageReading reading, ServerRules rules) : ImgApiController
{
    /// <summary>Creates an image from a machine.</summary>
    [HttpPost("/images", Name = "CreateImage"), OnAction("create-from-vm")]
    [Fails(nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> CreateFromVm([FromQuery] string? channel)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        throw UnsupportedRequests.FromMachine();
    }

    /// <summary>Imports an image from a Docker registry. For operators.</summary>
    /// <param name="repo">The repository, such as busybox or registry.example.com/team/app.</param>
    /// <param name="tag">The tag; either this or digest.</param>
    /// <param name="digest">The digest; either this or tag.</param>
    /// <param name="isPublic">Whether the image becomes public; true by default.</param>
    [HttpPost("/images", Name = "CreateImage"), OnAction("import-docker-image")]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotImplemented), nameof(ErrorCode.InvalidHeader), nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> ImportDockerImage(
        [FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? repo, [FromQuery] string? tag,
        [FromQuery] string? digest, [FromQuery(Name = "public"), OneOf("true", "false")] string? isPublic)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        Parameters.RefuseAccount(account);
        throw UnsupportedRequests.DockerImport(repo, tag, digest, isPublic, Request.Headers["x-registry-auth"].ToString());
    }

    /// <summary>Imports an image from an LXD registry. For operators.</summary>
    /// <param name="alias">REGISTRY:IMAGE.</param>
    [HttpPost("/images", Name = "CreateImage"), OnAction("import-lxd-image")]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> ImportLxdImage([FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? alias)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        Parameters.RefuseAccount(account);
        throw UnsupportedRequests.LxdImport(alias);
    }

    /// <summary>Moves the file to another storage; this server has local storage only. For operators.</summary>
    /// <param name="stor">The storage.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction"), OnAction("change-stor")]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotImplemented))]
    public async Task<ActionResult<ImageManifest>> ChangeStorage(
        Uuid uuid, ImageScope scope, [FromQuery, OneOf(StorageTypes.Local)] string? stor)
    {
        var image = await reading.GetAsync(uuid, scope.EnsureVisible, Cancellation);
        UnsupportedRequests.CheckChangeOfStorage(image, scope, stor);
        return Manifest(image, ManifestForm.Admin | ManifestForm.Channels, hasEtag: false);
    }

    /// <summary>Exports the image to an object store; this server has none, so valid requests are refused.</summary>
    /// <param name="mantaPath">The path to export to.</param>
    [HttpPost("/images/{uuid}", Name = "ImageAction"), OnAction("export")]
    [Fails(nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.StorageUnsupported))]
    public async Task<ActionResult<ImageManifest>> Export(Uuid uuid, ImageScope scope, [FromQuery(Name = "manta_path")] string? mantaPath) =>
        throw UnsupportedRequests.Export(await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation), mantaPath);

    /// <summary>Validates a request to push a Docker image to its registry; this server does not push.</summary>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="body">Credentials and target; not used.</param>
    [HttpPost("/images/{uuid}/push", Name = "AdminPushDockerImage")]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status501NotImplemented)]
    [Fails(nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.NotAvailable))]
    public async Task<IActionResult> Push(Uuid uuid, [FromQuery] string? account, JsonBody<JsonElement> body)
    {
        await body.ReadAsync();
        var scope = new ImageScope(Parameters.Account(account), Channel: null);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        throw UnsupportedRequests.DockerPush(image.Details.Type);
    }
}
