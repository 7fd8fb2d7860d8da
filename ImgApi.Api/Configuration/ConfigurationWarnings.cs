using System.Net;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Api.Configuration;

/// <summary>Settings that are valid but dangerous or useless. They are logged at each start, and shown in <c>/health</c> to callers with credentials.</summary>
internal static class ConfigurationWarnings
{
    // From examples and manuals; attackers try them first.
    private static readonly string[] WellKnownPasswords = ["secret", "password", "password1", "admin", "changeme", "123456", "imgapi", "joyent", "test"];

    /// <summary>The warnings: sentences without a full stop.</summary>
    public static IReadOnlyList<string> Of(ServerConfiguration configuration) =>
    [
        .. WellKnown(configuration), .. ClearPasswords(configuration), .. WeakHashes(configuration), .. UnusedCredentials(configuration), .. OpenUsersFile(configuration), .. OpenToAll(configuration),
        .. configuration.Source?.UnknownVariables.Select(name => $"the environment variable {name} matches no configuration key and has no effect") ?? [],
    ];

    /// <summary>Whether a password is one that attackers try first, in upper or lower case.</summary>
    public static bool IsWellKnown(string password) => WellKnownPasswords.Contains(password, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> WellKnown(ServerConfiguration configuration) =>
        from user in configuration.Users
        where !IPAddress.IsLoopback(configuration.Address) && (IsWellKnown(user.Password) || user.Password == user.Name)
        select $"other machines can reach this server, and the password of \"{user.Name}\" is one of the first that attackers try: choose another one";

    private static IEnumerable<string> ClearPasswords(ServerConfiguration configuration) =>
        configuration.Users.Count(user => !user.IsHashed) is > 0 and var count
            ? [$"the configuration has {Count.Of(count, "password")} in clear text; imgapi hash-password creates hashes"]
            : [];

    private static IEnumerable<string> WeakHashes(ServerConfiguration configuration) =>
        from user in configuration.Users
        where user.IsWeaklyHashed
        select $"the password hash of \"{user.Name}\" has too few iterations: create a new one with imgapi hash-password";

    /// <summary>Credentials without effect. They are not an error, since an operator may disable a kind of authentication for a while.</summary>
    private static IEnumerable<string> UnusedCredentials(ServerConfiguration configuration)
    {
        var kinds = configuration.Authentication;
        var word = kinds.ToString().ToLowerInvariant();
        if (configuration.Users.Count > 0 && !configuration.HasPasswords)
        {
            yield return $"\"authType\" is {word}, so the users in \"userdb\" are not used";
        }

        if (configuration.UsersFile is not null && !configuration.HasPasswords)
        {
            yield return $"\"authType\" is {word}, so the users and tokens in \"usersFile\" are not used";
        }

        if (configuration.HasKeys && !kinds.HasFlag(AuthenticationKind.Signature))
        {
            yield return $"\"authType\" is {word}, so the keys in \"authKeys\" or \"authKeysDir\" are not used";
        }
    }

    private static IEnumerable<string> OpenUsersFile(ServerConfiguration configuration)
    {
        var file = configuration.HasTokens ? configuration.UsersFile : null;
        if (file is not null && SecretFile.IsOpenToOthers(file, groupMayRead: true))
        {
            yield return "other users of this machine can read or change the file \"usersFile\": chmod 600 it, or 640 if the server reads it by its group";
        }
    }

    private static IEnumerable<string> OpenToAll(ServerConfiguration configuration) => configuration switch
    {
        { Authentication: AuthenticationKind.None } => ["\"authType\" is none: everyone who reaches this server may change its images"],
        { Users.Count: 0, HasKeys: false } => [$"there are neither users nor keys: nobody may {Unavailable(configuration.ReadAccess)}; {Remedy(configuration)}"],
        _ => [],
    };

    private static string Remedy(ServerConfiguration configuration) =>
        configuration.HasTokens ? "imgapi user add creates a user" : "set \"usersFile\", and create a user with imgapi user add";

    private static string Unavailable(ReadAccess access) => access switch
    {
        ReadAccess.All => "read or change anything",
        ReadAccess.Private => "change images, or read private ones",
        _ => "change images",
    };
}
