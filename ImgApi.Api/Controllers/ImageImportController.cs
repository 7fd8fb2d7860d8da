namespace ImgApi.Api.Controllers;

/// <summary>The actions of <c>POST /images/UUID?action=...</c> that import an image, see <see cref="ImageActionsController"/>.</summary>
[Needs(Right.Publish)]
[Tags(ApiTags.Images)]
[Route("/images/{uuid}", Name = "ImageAction")]
[Fails(
    nameof(ErrorCode.ImageUuidAlreadyExists), nameof(ErrorCode.OriginIsNotActive), nameof(ErrorCode.RemoteSource),
    nameof(ErrorCode.ServiceUnavailable), nameof(ErrorCode.StorageIsDown), nameof(ErrorCode.InsufficientStorage))]
internal sealed class ImageImportController(
    ManifestImport manifests, RemoteImport remote, DatacenterImport fromDatacenter, Datacenters datacenters, ServerRules rules) : ImgApiController
{
    /// <summary>
    /// Takes a manifest with its own UUID, which is how <c>imgadm publish</c> begins, or, with <c>source</c>, takes that manifest from
    /// another server, which needs the role manage. For operators.
    /// </summary>
    /// <param name="source">URL of another image server, optionally with ?channel=NAME at its end.</param>
    /// <param name="skipOwnerCheck">true skips the check that the owner exists.</param>
    /// <param name="body">Without <c>source</c>: the manifest.</param>
    [HttpPost, OnAction("import")]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.OriginDoesNotExist))]
    [Example("""
        {
          "v": 2,
          "uuid": "43ca32a1-7e75-4b60-88bd-876812f74a13",
          "owner": "00000000-0000-0000-0000-000000000000",
          "name": "couchbase-server",
          "version": "4.5.0-snapshot",
          "type": "zone-dataset",
          "os": "smartos"
        }
        """)]
    public async Task<ActionResult<ImageManifest>> Import(
        Uuid uuid, Caller caller, [FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? source,
        [FromQuery(Name = "skip_owner_check"), OneOf("true", "false")] string? skipOwnerCheck, JsonBody<ManifestBody> body)
    {
        var target = rules.Channels.Resolve(channel, allowsEvery: false);
        Parameters.RefuseAccount(account);
        if (!string.IsNullOrEmpty(source))
        {
            caller.Actor.Ensure(Right.Import);
            CheckSkipOwnerCheck(skipOwnerCheck);
            return Manifest(await manifests.FromSourceAsync(ImportOf(uuid, target, source, force: null), caller.User, Cancellation));
        }

        var manifest = await body.ReadObjectAsync();
        var given = manifest.TryGetProperty("uuid", out var value) ? PlainJson.InMessage(value) : "undefined";
        if (!Uuid.TryParse(given, out var own) || own != uuid)
        {
            throw ImgApiException.InvalidParameter("uuid", $"URL UUID, \"{uuid}\" and body UUID, \"{given}\" do not match");
        }

        CheckSkipOwnerCheck(skipOwnerCheck);
        var (image, replaced) =
            await manifests.FromCallerAsync(uuid, manifest, target, Request.Headers.UserAgent.ToString(), caller.Actor, Cancellation);
        return Manifest(image, hasEtag: !replaced);
    }

    /// <summary>
    /// Takes manifest, origins, file and activation from another server in a job. The answer is its UUID; ask <c>/jobs/UUID</c> for its
    /// state. For operators.
    /// </summary>
    /// <param name="source">URL of another image server, optionally with ?channel=NAME at its end.</param>
    /// <param name="force">true accepts files that the server's contentCheck refuses.</param>
    [HttpPost, OnAction("import-remote"), Needs(Right.Import)]
    [Fails(nameof(ErrorCode.OperatorOnly))]
    public async Task<ActionResult<JobStarted>> ImportRemote(
        Uuid uuid, [FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? source,
        [FromQuery(Name = "skip_owner_check")] string? skipOwnerCheck, [FromQuery] string? force)
    {
        var target = rules.Channels.Resolve(channel, allowsEvery: false);
        if (string.IsNullOrEmpty(source))
        {
            throw ImgApiException.ValidationFailed("source", "missing source parameter", FieldError.MissingParameter);
        }

        Parameters.RefuseAccount(account);
        CheckSkipOwnerCheck(skipOwnerCheck);
        return Started(await remote.StartAsync(ImportOf(uuid, target, source, force), Cancellation));
    }

    /// <summary>As <c>import-remote</c>, from a server of the configuration, for an account that owns the image there.</summary>
    /// <param name="datacenter">Name of a configured server.</param>
    [HttpPost, OnAction("import-from-datacenter"), Needs(Right.Import)]
    public async Task<ActionResult<JobStarted>> ImportFromDatacenter(
        Uuid uuid, [FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? datacenter,
        [FromQuery] string? force)
    {
        var target = rules.Channels.Resolve(channel, allowsEvery: false);
        var owner = Uuid.TryParse(account, out var valid)
            ? valid
            : throw ImgApiException.ValidationFailed("account", $"invalid image \"account\" (not a UUID): {account ?? "undefined"}");
        var source = datacenters.Find(datacenter);
        var import = ImportOf(uuid, target, source: null, force) with { Source = source };
        return Started(await fromDatacenter.StartAsync(import, owner, Cancellation));
    }

    /// <summary>The job runs without the caller, who can ask for its state at <c>workflow-api</c> (contract 5.19).</summary>
    private JobStarted Started(Job job)
    {
        Response.Headers["workflow-api"] = PublicUrl.Of(HttpContext);
        return new JobStarted(job.Image.ToString(), job.Uuid.ToString());
    }

    /// <summary>Refuses a <c>skip_owner_check</c> that is not a boolean. Its value has no effect: no mode of this server knows owners.</summary>
    private static void CheckSkipOwnerCheck(string? text) => _ = Parameters.Boolean("skip_owner_check", text, emptyIsAbsent: true);
}
