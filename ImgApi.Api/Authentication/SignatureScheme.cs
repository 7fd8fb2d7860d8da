namespace ImgApi.Api.Authentication;

/// <summary>
/// HTTP Signature with the users' public keys (contract 7.3), as Joyent's clients send it. Clients see the reference's texts, in its order
/// of checks.
/// </summary>
internal sealed class SignatureScheme(IUserKeys keys, ServerConfiguration configuration, TimeProvider clock) : ICredentialScheme
{
    /// <summary>The scheme in the header; case-sensitive, as in the reference.</summary>
    public const string SchemeName = "Signature";

    private const string BadFormat = "bad param format";
    private const string Unauthorized = "Unauthorized";

    // The reference knows these algorithms, and refuses them with another text than unknown ones.
    private static readonly string[] NeverAllowed = ["hmac-sha1", "hmac-sha256", "hmac-sha512"];

    public string Challenge => $"Signature realm=\"imgapi\",headers=\"date{(configuration.RequireSignedTarget ? " (request-target)" : "")}\"";

    public string Description => "a signature by a user's key (HTTP Signature)";

    public bool Handles(string header) =>
        ICredentialScheme.Names(SchemeName, header, StringComparison.Ordinal);

    public ValueTask<Verdict> CheckAsync(HttpContext context, string header) => ValueTask.FromResult(Check(context, header));

    private Verdict Check(HttpContext context, string text)
    {
        if (!Handles(text))
        {
            return Verdict.Refuse(user: null, "scheme was not \"Signature\"");
        }

        if (!SignatureHeader.TryParse(text.AsSpan(SchemeName.Length), out var header))
        {
            return Verdict.Refuse(user: null, BadFormat);
        }

        var user = header.Value("keyId");
        if (Array.Find(["keyId", "algorithm", "signature"], name => header.Value(name) is null) is { } absent)
        {
            return Verdict.Refuse(user, $"{absent} was not specified");
        }

        return Refusal(context, header) is { } refusal ? Verdict.Refuse(user, refusal) : Verdict.Accept(user!);
    }

    private string? Refusal(HttpContext context, SignatureHeader header)
    {
        var name = header.Value("algorithm")!.ToLowerInvariant();
        var algorithm = SignatureAlgorithm.Find(name);
        if (algorithm is null && !NeverAllowed.Contains(name))
        {
            return $"{name} is not supported";
        }

        var names = SigningText.Names(context.Request, header.Value("headers"));
        if (names.Length > SigningText.MaxHeaders)
        {
            return BadFormat;
        }

        var signed = SigningText.Build(context, names, out var missing);
        if (missing is not null)
        {
            return $"{missing} was not in the request";
        }

        if (SignatureClock.Refusal(context.Request, names, clock) is { } refusal)
        {
            return refusal;
        }

        if (configuration.RequireSignedTarget && !SigningText.CoversTarget(names))
        {
            return "(request-target) was not a signed header";
        }

        if (algorithm is null)
        {
            return $"Unauthorized (\"{name.ToUpperInvariant()}\" is not a supported http-signature signing algorithm)";
        }

        return IsSigned(header, algorithm, signed) ? null : Unauthorized;
    }

    private bool IsSigned(SignatureHeader header, SignatureAlgorithm algorithm, byte[] text)
    {
        var encoded = header.Value("signature")!;
        var signature = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, signature, out var length)
            && keys.IsSignedBy(header.Value("keyId")!, algorithm, text, signature.AsSpan(0, length));
    }
}
