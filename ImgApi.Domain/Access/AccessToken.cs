using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ImgApi.Domain.Access;

/// <summary>What the server keeps of a token, a secret that a program sends in place of a password.</summary>
/// <param name="Id">Names the token in lists and logs, and is not secret: <c>token-</c> and eight hexadecimal digits.</param>
/// <param name="Hash">The hash of the secret, see <see cref="TokenSecret.HashOf"/>.</param>
/// <param name="User">The user on whose behalf the token acts; null if it acts under its own id.</param>
/// <param name="Role">The most that the token may do. The role of the user is a limit too.</param>
/// <param name="Note">What the token is for; may be empty.</param>
/// <param name="ExpiresAt">Null if the token never expires.</param>
/// <param name="RevokedAt">Null unless it was revoked.</param>
public sealed partial record AccessToken(
    string Id, string Hash, string? User, Role Role, string Note, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    /// <summary>The name under which the token acts.</summary>
    public string Name => User ?? Id;

    public static string NewId() => $"token-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public static bool IsId(string text) => IdPattern.IsMatch(text);

    /// <summary>Why the token is not valid any more, for the holder of the secret; null if it is.</summary>
    public string? Ended(DateTimeOffset now) =>
        RevokedAt is { } revoked ? $"the token was revoked at {Timestamp.From(revoked)}"
        : ExpiresAt <= now ? $"the token expired at {Timestamp.From(ExpiresAt.Value)}"
        : null;

    /// <summary>The id alone, so that no log line or message shows the hash.</summary>
    public override string ToString() => Id;

    [GeneratedRegex(@"\Atoken-[0-9a-f]{8}\z")]
    private static partial Regex IdPattern { get; }
}
