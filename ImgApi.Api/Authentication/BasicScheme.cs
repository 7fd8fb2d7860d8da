using System.Text;

namespace ImgApi.Api.Authentication;

/// <summary>HTTP Basic with the passwords of the users (contract 7.2), or with tokens in their place.</summary>
/// <param name="tokens">Null if the server has no tokens.</param>
internal sealed class BasicScheme(PasswordCheck passwords, TokenCheck? tokens = null) : ICredentialScheme
{
    public const string SchemeName = "Basic";

    public string Challenge => "Basic realm=\"imgapi\", charset=\"UTF-8\"";

    public string Description => "user name and password (HTTP Basic)";

    public bool Handles(string header) =>
        ICredentialScheme.Names(SchemeName, header, StringComparison.OrdinalIgnoreCase);

    public async ValueTask<Verdict> CheckAsync(HttpContext context, string header)
    {
        if (!Handles(header) || !TryRead(header.AsSpan(SchemeName.Length).Trim(), out var name, out var password))
        {
            return Verdict.Refuse(user: null, "not well-formed Basic credentials");
        }

        return tokens is not null && TokenSecret.IsSecret(password)
            ? tokens.Check(context, name, password)
            : await passwords.CheckAsync(context, name, password);
    }

    private static bool TryRead(ReadOnlySpan<char> encoded, out string name, out string password)
    {
        name = password = "";
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var count))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (name, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }
}
