using System.Globalization;
using ImgApi.Domain.Audit;

namespace ImgApi.Api.Configuration;

/// <summary>The events of users and tokens that changed. They have names and ids, and never a password or a hash.</summary>
internal static class UserChanges
{
    /// <summary>One event for each user and each token that differs.</summary>
    public static IEnumerable<AuditEvent> Between(
        IEnumerable<UserEntry> usersBefore, IEnumerable<UserEntry> users, IEnumerable<AccessToken> tokensBefore, IEnumerable<AccessToken> tokens) =>
        Different(usersBefore, users, user => user.Name).Select(pair => OfUser(pair.Before, pair.After))
            .Concat(Different(tokensBefore, tokens, token => token.Id).Select(pair => OfToken(pair.Before, pair.After)));

    private static AuditEvent OfUser(UserEntry? before, UserEntry? after) => AuditEvent.About(
        (before ?? after)!.Name,
        before is null ? "AddUser" : after is null ? "RemoveUser" : "ChangeUser",
        ("role", NameOf(before?.Role), NameOf(after?.Role)),
        ("quota", Text(before?.Quota), Text(after?.Quota)),
        FieldChange.Hidden("password", before?.Password, after?.Password));

    private static AuditEvent OfToken(AccessToken? before, AccessToken? after) => AuditEvent.About(
        (before ?? after)!.Id,
        before is null ? "CreateToken" : after is null ? "RemoveToken" : before.RevokedAt is null && after.RevokedAt is not null ? "RevokeToken" : "ChangeToken",
        ("user", before?.User, after?.User),
        ("role", NameOf(before?.Role), NameOf(after?.Role)),
        ("note", Text(before?.Note), Text(after?.Note)),
        ("expires", Text(before?.ExpiresAt), Text(after?.ExpiresAt)),
        ("revoked", Text(before?.RevokedAt), Text(after?.RevokedAt)),
        FieldChange.Hidden("secret", before?.Hash, after?.Hash));

    private static IEnumerable<(T? Before, T? After)> Different<T>(IEnumerable<T> before, IEnumerable<T> after, Func<T, string> key)
        where T : class
    {
        var (old, now) = (before.ToDictionary(key), after.ToDictionary(key));
        return from name in old.Keys.Union(now.Keys)
               let pair = (Before: old.GetValueOrDefault(name), After: now.GetValueOrDefault(name))
               where !Equals(pair.Before, pair.After)
               select pair;
    }

    private static string? NameOf(Role? role) => role is { } given ? RoleTable.NameOf(given) : null;

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? time) => time is { } given ? Timestamp.From(given).Text : null;
}
