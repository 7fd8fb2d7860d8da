using System.Text;
using ImgApi.Domain.Access;

namespace ImgApi.Api.Authentication;

/// <summary>HTTP Basic against the configured users (contract 7.2).</summary>
internal sealed class BasicScheme(IUserPasswords passwords, AttemptLimiter limiter) : ICredentialScheme
{
    /// <summary>Name of the scheme, and its word in the header.</summary>
    public const string Word = "Basic";

    /// <inheritdoc/>
    public bool CanBeGuessed => true;

    /// <inheritdoc/>
    public string Challenge => "Basic realm=\"imgapi\", charset=\"UTF-8\"";

    /// <inheritdoc/>
    public string Description => "user name and password (HTTP Basic)";

    /// <inheritdoc/>
    public bool Takes(string header) =>
        header.StartsWith(Word, StringComparison.OrdinalIgnoreCase) && (header.Length == Word.Length || header[Word.Length] == ' ');

    /// <inheritdoc/>
    public async ValueTask<Verdict> CheckAsync(HttpContext context, string header)
    {
        if (!Takes(header) || !TryRead(header.AsSpan(Word.Length).Trim(), out var name, out var password))
        {
            return Verdict.Refuse(user: null, "not well-formed Basic credentials");
        }

        var network = ClientNetwork.Of(context);
        var digest = limiter.Digest(name, password);
        bool MayTry() => limiter.MayTry(network, digest);
        var isRight = MayTry() ? await passwords.IsRightAsync(name, password, MayTry, context.RequestAborted) : null;
        switch (isRight)
        {
            case true:
                limiter.Remember(network, digest);
                return Verdict.Accept(name);
            case false:
                // The same text for an unknown user and a wrong password, so that names cannot be tried out.
                return Verdict.Refuse(name, "Invalid username/password combination");
            default:
                return Verdict.Untried(name);
        }
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
