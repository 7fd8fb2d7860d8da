using ImgApi.Api.Configuration;
using ImgApi.Domain.Access;

namespace ImgApi.Api.Authentication;

/// <summary>
/// HTTP Signature against the users' public keys (contract 7.3), as Joyent's clients make it. The texts and the order of
/// the refusals are the reference's.
/// </summary>
internal sealed class SignatureScheme(IUserKeys keys, ServerConfiguration configuration, TimeProvider clock) : ICredentialScheme
{
    /// <summary>Name of the scheme, and its word in the header, in exactly this case.</summary>
    public const string Word = "Signature";

    private const string BadFormat = "bad param format";
    private const string Unauthorized = "Unauthorized";

    // Known to the reference, and refused by it in other words than what it does not know.
    private static readonly string[] NeverAllowed = ["hmac-sha1", "hmac-sha256", "hmac-sha512"];

    /// <inheritdoc/>
    public bool CanBeGuessed => false;

    /// <inheritdoc/>
    public string Challenge => $"Signature realm=\"imgapi\",headers=\"date{(configuration.RequireSignedTarget ? " (request-target)" : "")}\"";

    /// <inheritdoc/>
    public string Description => "a signature by a user's key (HTTP Signature)";

    /// <inheritdoc/>
    public bool Takes(string header) =>
        header.StartsWith(Word, StringComparison.Ordinal) && (header.Length == Word.Length || header[Word.Length] == ' ');

    /// <inheritdoc/>
    public ValueTask<Verdict> CheckAsync(HttpContext context, string header) => ValueTask.FromResult(Check(context, header));

    private Verdict Check(HttpContext context, string text)
    {
        if (!Takes(text))
        {
            return Verdict.Refuse(user: null, "scheme was not \"Signature\"");
        }

        if (!SignatureHeader.TryParse(text.AsSpan(Word.Length), out var header))
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

        var signed = SigningText.Of(context, names, out var missing);
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
