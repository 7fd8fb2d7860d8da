using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Access;

/// <summary>
/// The secret of a token: <c>imgapi_</c>, by which scanners recognize leaked secrets, and 256 random bits in hexadecimal. Nobody can guess it, so
/// that a plain SHA-256 protects it, unlike passwords.
/// </summary>
public static partial class TokenSecret
{
    /// <summary>Characters of a hash.</summary>
    public const int HashLength = 64;

    public static string Create() => "imgapi_" + RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Whether a text has the form of a secret.</summary>
    public static bool IsSecret(string text) => text.Length == 71 && Pattern.IsMatch(text);

    /// <summary>The SHA-256 of the secret in hexadecimal, in lower case.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The text without the secrets in it, for the log: people also send a token as the name of a user.</summary>
    public static string Hide(string text) => Pattern.Replace(text, "imgapi_***");

    [GeneratedRegex("imgapi_[0-9a-f]{64}")]
    private static partial Regex Pattern { get; }
}
