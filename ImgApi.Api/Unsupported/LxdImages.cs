using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;

namespace ImgApi.Api.Unsupported;

/// <summary>
/// AdminImportLxdImage (contract 5.27) on a server that does not talk to LXD registries: a request is checked as the
/// reference checks it, and a good one is <c>NotAvailable</c>.
/// </summary>
internal static class LxdImages
{
    /// <summary>Refuses a request to import.</summary>
    public static ImgApiException RefuseImport(string? account, CreateImageParameters parameters)
    {
        Parameters.RefuseAccount(account);
        if (string.IsNullOrEmpty(parameters.Alias))
        {
            return ImgApiException.ValidationFailed("alias", "missing parameters", FieldError.MissingParameter, "\"alias\" is required");
        }

        return parameters.Alias.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon < parameters.Alias.Length - 1
            ? new ImgApiException(ErrorCode.NotAvailable, "importing LXD images is not currently available")
            : ImgApiException.InvalidParameter("alias", "alias must be in the format \"registry:image\"", FieldError.InvalidParameter);
    }
}
