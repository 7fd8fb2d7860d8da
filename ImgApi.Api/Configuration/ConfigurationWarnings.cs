using System.Net;
using ImgApi.Domain.Text;

namespace ImgApi.Api.Configuration;

/// <summary>What works and still deserves the operator's attention: told at each start, and in <c>/health</c> to callers with credentials.</summary>
internal static class ConfigurationWarnings
{
    // Passwords of examples and manuals, the first that anybody tries.
    private static readonly string[] WellKnownPasswords = ["secret", "password", "password1", "admin", "changeme", "123456", "imgapi", "joyent", "test"];

    /// <summary>The warnings, each a sentence without a full stop.</summary>
    public static IReadOnlyList<string> Of(ServerConfiguration configuration) =>
    [
        .. WellKnown(configuration), .. ClearPasswords(configuration), .. WeakHashes(configuration), .. CredentialSettings.Unused(configuration), .. OpenToAll(configuration),
    ];

    /// <summary>Whether a password is one of those, in any case.</summary>
    public static bool IsWellKnown(string password) => WellKnownPasswords.Contains(password, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> WellKnown(ServerConfiguration configuration) =>
        from user in configuration.Users
        where !IPAddress.IsLoopback(configuration.Address) && (IsWellKnown(user.Password) || user.Password == user.Name)
        select $"other machines reach this server, and the password of \"{user.Name}\" is among the first that attackers try: choose another one";

    private static IEnumerable<string> ClearPasswords(ServerConfiguration configuration) =>
        configuration.Users.Count(user => !user.IsHashed) is > 0 and var count
            ? [$"the configuration has {Count.Of(count, "password")} in clear text; imgapi hash-password makes hashes"]
            : [];

    private static IEnumerable<string> WeakHashes(ServerConfiguration configuration) =>
        from user in configuration.Users
        where user.IsWeaklyHashed
        select $"the password hash of \"{user.Name}\" has few iterations: make a new one with imgapi hash-password";

    private static IEnumerable<string> OpenToAll(ServerConfiguration configuration) => configuration switch
    {
        { Authentication: AuthenticationKind.None } => ["\"authType\" is none: everyone who reaches this server may change its images"],
        { Users.Count: 0, HasKeys: false } => [$"there are neither users nor keys: nobody may {Closed(configuration.ReadAccess)}"],
        _ => [],
    };

    private static string Closed(ReadAccess access) => access switch
    {
        ReadAccess.All => "read or change anything",
        ReadAccess.Private => "change images, or read private ones",
        _ => "change images",
    };
}
