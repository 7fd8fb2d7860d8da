using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;

namespace ImgApi.Api.Unsupported;

/// <summary>
/// AdminImportDockerImage and AdminPushDockerImage (contract 5.26, 5.28) on a server that does not talk to Docker registries:
/// a request is checked as the reference checks it, and a good one is <c>NotAvailable</c>.
/// </summary>
internal static partial class DockerImages
{
    private const string CredentialsHeader = "x-registry-auth";
    private const int MaxRepoLength = 255;

    /// <summary>Refuses a request to import.</summary>
    public static ImgApiException RefuseImport(HttpRequest request, string? account, CreateImageParameters parameters)
    {
        Parameters.RefuseAccount(account);
        FieldError[] missing = [.. Missing(parameters)];
        if (missing.Length > 0)
        {
            return new ImgApiException(ErrorCode.ValidationFailed, "missing parameters", missing);
        }

        if (parameters.Repo!.Length > MaxRepoLength || !RepoPattern.IsMatch(parameters.Repo))
        {
            return ImgApiException.ValidationFailed("repo", $"invalid repository name: \"{parameters.Repo}\"");
        }

        _ = Parameters.Boolean("public", parameters.Public);
        return HasIdentityToken(request)
            ? new ImgApiException(ErrorCode.NotImplemented, "identity tokens of Docker registries are not supported")
            : new ImgApiException(ErrorCode.NotAvailable, "importing Docker images is not currently available");
    }

    /// <summary>Refuses a request to push an image of that type.</summary>
    public static ImgApiException RefusePush(string? type) => type == Domain.Images.ImageType.Docker
        ? new ImgApiException(ErrorCode.NotAvailable, "pushing Docker images is not currently available")
        : ImgApiException.ValidationFailed("type", "image is not a docker image");

    // HOST[:PORT]/ in front, then path components of lower-case letters and digits with single separators.
    [GeneratedRegex(@"^([A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex RepoPattern { get; }

    private static IEnumerable<FieldError> Missing(CreateImageParameters parameters)
    {
        var (hasTag, hasDigest) = (!string.IsNullOrEmpty(parameters.Tag), !string.IsNullOrEmpty(parameters.Digest));
        if (string.IsNullOrEmpty(parameters.Repo))
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

    private static bool HasIdentityToken(HttpRequest request)
    {
        if (request.Headers[CredentialsHeader].ToString() is not { Length: > 0 } header)
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
            throw new ImgApiException(ErrorCode.InvalidHeader, $"the {CredentialsHeader} header is not base64-encoded JSON", inner: broken);
        }
    }
}
