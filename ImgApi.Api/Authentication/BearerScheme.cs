namespace ImgApi.Api.Authentication;

/// <summary>Tokens as <c>Authorization: Bearer</c> (RFC 6750), for programs that have no field for the name of a user.</summary>
internal sealed class BearerScheme(TokenCheck tokens) : ICredentialScheme
{
    public const string SchemeName = "Bearer";

    public string Challenge => "Bearer realm=\"imgapi\"";

    public string Description => "a token (Bearer)";

    public bool Handles(string header) => ICredentialScheme.Names(SchemeName, header, StringComparison.OrdinalIgnoreCase);

    public ValueTask<Verdict> CheckAsync(HttpContext context, string header) =>
        ValueTask.FromResult(tokens.Check(context, user: null, header[SchemeName.Length..].Trim()));
}
