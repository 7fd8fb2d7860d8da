using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Unsupported;

/// <summary>
/// The refusals of requests that this server does not support, checked in the order of the reference (contract 5.22, 5.23, 5.25 to 5.28).
/// A valid request is <c>NotAvailable</c> or <c>StorageUnsupported</c>.
/// </summary>
internal static partial class UnsupportedRequests
{
    private const int MaxRepoLength = 255;

    /// <summary>CreateImageFromVm, which needs a datacenter around the server.</summary>
    public static ImgApiException FromMachine() => new(ErrorCode.NotAvailable, "custom image creation is not currently available");

    /// <summary>AdminImportDockerImage.</summary>
    public static ImgApiException DockerImport(string? repo, string? tag, string? digest, string? isPublic, string credentials)
    {
        FieldError[] missing = [.. Missing(repo, !string.IsNullOrEmpty(tag), !string.IsNullOrEmpty(digest))];
        if (missing.Length > 0)
        {
            return new ImgApiException(ErrorCode.ValidationFailed, "missing parameters", missing);
        }

        if (repo!.Length > MaxRepoLength || !RepoPattern.IsMatch(repo))
        {
            return ImgApiException.ValidationFailed("repo", $"invalid repository name: \"{repo}\"");
        }

        _ = Parameters.Boolean("public", isPublic);
        return HasIdentityToken(credentials)
            ? new ImgApiException(ErrorCode.NotImplemented, "identity tokens of Docker registries are not supported")
            : new ImgApiException(ErrorCode.NotAvailable, "importing Docker images is not currently available");
    }

    /// <summary>AdminPushDockerImage for an image of that type.</summary>
    public static ImgApiException DockerPush(string? type) => type == Domain.Images.ImageType.Docker
        ? new ImgApiException(ErrorCode.NotAvailable, "pushing Docker images is not currently available")
        : ImgApiException.ValidationFailed("type", "image is not a docker image");

    /// <summary>AdminImportLxdImage.</summary>
    public static ImgApiException LxdImport(string? alias) =>
        string.IsNullOrEmpty(alias)
            ? ImgApiException.ValidationFailed("alias", "missing parameters", FieldError.MissingParameter, "\"alias\" is required")
        : alias.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < alias.Length - 1
            ? new ImgApiException(ErrorCode.NotAvailable, "importing LXD images is not currently available")
        : ImgApiException.InvalidParameter("alias", "alias must be in the format \"registry:image\"", FieldError.InvalidParameter);

    /// <summary>AdminChangeImageStor: succeeds for the storage that the file is in.</summary>
    public static void CheckChangeOfStorage(Image image, ImageScope scope, string? stor)
    {
        if (scope.Account is not null)
        {
            throw Parameters.OperatorOnly();
        }

        if (string.IsNullOrEmpty(stor))
        {
            throw ImgApiException.ValidationFailed("stor", "missing \"stor\" query parameter", FieldError.MissingParameter);
        }

        if (stor != StorageTypes.Local)
        {
            throw ImgApiException.ValidationFailed("stor", $"unknown storage type \"{stor}\"");
        }

        if (image.File is null)
        {
            throw NoFile(image);
        }

        if (image.Icon is not null)
        {
            throw new ImgApiException(ErrorCode.NotImplemented, "cannot change stor for images with an icon");
        }
    }

    /// <summary>ExportImage.</summary>
    public static ImgApiException Export(Image image, string? mantaPath) =>
        string.IsNullOrEmpty(mantaPath)
            ? ImgApiException.ValidationFailed("manta_path", "missing 'manta_path' prefix parameter", FieldError.MissingParameter)
        : mantaPath is not ['/', not '/', ..]
            ? ImgApiException.InvalidParameter("manta_path", "invalid manta_path prefix, not a valid manta path")
        : image.File is null ? NoFile(image)
        : new ImgApiException(ErrorCode.StorageUnsupported, "storage type is unsupported");

    private static ImgApiException NoFile(Image image) => ImgApiException.NotFound($"image \"{image.Uuid}\" has no file");

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
        if (header.Length == 0)
        {
            return false;
        }

        try
        {
            using var credentials = JsonDocument.Parse(Convert.FromBase64String(header));
            return credentials.RootElement.ValueKind == JsonValueKind.Object
                && credentials.RootElement.TryGetProperty("identitytoken", out var token)
                && token is not { ValueKind: JsonValueKind.Null }
                && !(token.ValueKind == JsonValueKind.String && token.ValueEquals(""));
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            throw new ImgApiException(ErrorCode.InvalidHeader, "the x-registry-auth header is not base64-encoded JSON", inner: broken);
        }
    }
}
