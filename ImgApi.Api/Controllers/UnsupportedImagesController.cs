using System.Text.RegularExpressions;

namespace ImgApi.Api.Controllers;

/// <summary>
/// Requests that need other services of a datacenter. They are validated as the reference validates them (contract 5.25 to 5.28),
/// and a valid one is refused.
/// </summary>
[Needs(Right.Publish)]
[Tags(ApiTags.NotOffered)]
internal sealed partial class UnsupportedImagesController(ImageReading reading, ServerRules rules) : ImgApiController
{
    private const int MaxRepoLength = 255;

    /// <summary>Creates an image from a machine.</summary>
    [HttpPost("/images", Name = "CreateImage"), OnAction("create-from-vm")]
    [Fails(nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> CreateFromVm([FromQuery] string? channel)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        throw new ImgApiException(ErrorCode.NotAvailable, "custom image creation is not currently available");
    }

    /// <summary>Imports an image from a Docker registry. For operators.</summary>
    /// <param name="repo">The repository, such as busybox or registry.example.com/team/app.</param>
    /// <param name="tag">The tag; either this or digest.</param>
    /// <param name="digest">The digest; either this or tag.</param>
    /// <param name="isPublic">Whether the image becomes public; true by default.</param>
    [HttpPost("/images", Name = "CreateImage"), OnAction("import-docker-image"), Needs(Right.Import)]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotImplemented), nameof(ErrorCode.InvalidHeader), nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> ImportDockerImage(
        [FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? repo, [FromQuery] string? tag,
        [FromQuery] string? digest, [FromQuery(Name = "public"), OneOf("true", "false")] string? isPublic)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        Parameters.RefuseAccount(account);
        FieldError[] missing = [.. Missing(repo, !string.IsNullOrEmpty(tag), !string.IsNullOrEmpty(digest))];
        if (missing.Length > 0)
        {
            throw new ImgApiException(ErrorCode.ValidationFailed, "missing parameters", missing);
        }

        if (repo!.Length > MaxRepoLength || !RepoPattern.IsMatch(repo))
        {
            throw ImgApiException.ValidationFailed("repo", $"invalid repository name: \"{repo}\"");
        }

        _ = Parameters.Boolean("public", isPublic);
        throw HasIdentityToken(Request.Headers["x-registry-auth"].ToString())
            ? new ImgApiException(ErrorCode.NotImplemented, "identity tokens of Docker registries are not supported")
            : new ImgApiException(ErrorCode.NotAvailable, "importing Docker images is not currently available");
    }

    /// <summary>Imports an image from an LXD registry. For operators.</summary>
    /// <param name="alias">REGISTRY:IMAGE.</param>
    [HttpPost("/images", Name = "CreateImage"), OnAction("import-lxd-image"), Needs(Right.Import)]
    [Fails(nameof(ErrorCode.OperatorOnly), nameof(ErrorCode.NotAvailable))]
    public ActionResult<ImageManifest> ImportLxdImage([FromQuery] string? account, [FromQuery] string? channel, [FromQuery] string? alias)
    {
        rules.Channels.Resolve(channel, allowsEvery: false);
        Parameters.RefuseAccount(account);
        throw string.IsNullOrEmpty(alias)
                ? ImgApiException.ValidationFailed("alias", "missing parameters", FieldError.MissingParameter, "\"alias\" is required")
            : alias.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < alias.Length - 1
                ? new ImgApiException(ErrorCode.NotAvailable, "importing LXD images is not currently available")
            : ImgApiException.InvalidParameter("alias", "alias must be in the format \"registry:image\"", FieldError.InvalidParameter);
    }

    /// <summary>Validates a request to push a Docker image to its registry; this server does not push.</summary>
    /// <param name="account">UUID of the account that asks; it must own the image.</param>
    /// <param name="body">Credentials and target; not used.</param>
    [HttpPost("/images/{uuid}/push", Name = "AdminPushDockerImage")]
    [ProducesResponseType<ErrorBody>(StatusCodes.Status501NotImplemented)]
    [Fails(nameof(ErrorCode.NotImageOwner), nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ValidationFailed), nameof(ErrorCode.NotAvailable))]
    public async Task<IActionResult> Push(Uuid uuid, Caller caller, [FromQuery] string? account, JsonBody<JsonElement> body)
    {
        await body.ReadAsync();
        var scope = new ImageScope(Parameters.Account(account), Channel: null, caller.Actor);
        var image = await reading.GetAsync(uuid, scope.EnsureOwned, Cancellation);
        throw image.Details.Type == ImageType.Docker
            ? new ImgApiException(ErrorCode.NotAvailable, "pushing Docker images is not currently available")
            : ImgApiException.ValidationFailed("type", "image is not a docker image");
    }

    // HOST[:PORT]/ in front, then path components of lower-case letters and digits with single separators.
    [GeneratedRegex(@"^([A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex RepoPattern { get; }

    private static IEnumerable<FieldError> Missing(string? repo, bool hasTag, bool hasDigest)
    {
        if (string.IsNullOrEmpty(repo))
        {
            yield return new FieldError("repo", FieldError.MissingParameter, "\"repo\" is required");
        }

        if (!hasTag && !hasDigest)
        {
            yield return new FieldError("tag", FieldError.MissingParameter, "one of \"tag\" or \"digest\" is required");
        }

        if (hasTag && hasDigest)
        {
            yield return new FieldError("digest", FieldError.Invalid, "cannot specify both \"tag\" and \"digest\"");
        }
    }

    private static bool HasIdentityToken(string header)
    {
        try
        {
            return header.Length > 0
                && JsonElement.Parse(Convert.FromBase64String(header)) is { ValueKind: JsonValueKind.Object } credentials
                && credentials.TryGetProperty("identitytoken", out var token)
                && token.ValueKind != JsonValueKind.Null
                && !(token.ValueKind == JsonValueKind.String && token.ValueEquals(""));
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw new ImgApiException(ErrorCode.InvalidHeader, "the x-registry-auth header is not base64-encoded JSON", inner: broken);
        }
    }
}
