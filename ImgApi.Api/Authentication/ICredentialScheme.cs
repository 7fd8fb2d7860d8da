namespace ImgApi.Api.Authentication;

/// <summary>A way to authenticate with the <c>Authorization</c> header.</summary>
internal interface ICredentialScheme
{
    /// <summary>The scheme in <c>WWW-Authenticate</c>.</summary>
    string Challenge { get; }

    /// <summary>Describes the credentials to a person who sent none.</summary>
    string Description { get; }

    /// <summary>Whether an <c>Authorization</c> header names this scheme.</summary>
    bool Handles(string header);

    /// <summary>Whether a header begins with the name of a scheme.</summary>
    static bool Names(string scheme, string header, StringComparison comparison) =>
        header.StartsWith(scheme, comparison) && (header.Length == scheme.Length || header[scheme.Length] == ' ');

    /// <param name="header">The header, for which <see cref="Handles"/> is true.</param>
    ValueTask<Verdict> CheckAsync(HttpContext context, string header);
}
