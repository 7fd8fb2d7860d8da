using System.Text.Json;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>The values of the keys that are about credentials, and what may be wrong with them together.</summary>
internal static class CredentialSettings
{
    // How hashes of other programs begin. Taken for passwords in clear text they would work as such: who has seen the
    // hash could log in with it.
    private static readonly string[] ForeignHashes = ["$argon2", "$scrypt$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$pbkdf2"];

    // Of support-files/config.json: a password that everybody knows must not become one that works.
    private const string SamplePassword = "CHANGE THIS PASSWORD";

    /// <summary>The value of <c>authType</c>: <c>none</c>, or ways in a list or separated by commas; null if it is neither.</summary>
    public static AuthenticationKind? Kinds(JsonElement value)
    {
        var words = Words(value);
        if (words is null or [])
        {
            return null;
        }

        if (words is ["none"])
        {
            return AuthenticationKind.None;
        }

        var kinds = AuthenticationKind.None;
        foreach (var word in words)
        {
            var kind = word switch
            {
                "basic" => AuthenticationKind.Basic,
                "signature" => AuthenticationKind.Signature,
                _ => AuthenticationKind.None,
            };
            if (kind == AuthenticationKind.None || kinds.HasFlag(kind))
            {
                return null;
            }

            kinds |= kind;
        }

        return kinds;
    }

    /// <summary>The value of <c>authKeys</c>; null if it has not the form. The keys themselves are not looked at.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Keys(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var keys = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var user in value.EnumerateObject())
        {
            if (user.Name.Length == 0 || Texts(user.Value) is not { } lines || !keys.TryAdd(user.Name, lines))
            {
                return null;
            }
        }

        return keys;
    }

    /// <summary>Credentials that cannot be used, and settings that contradict each other; each a sentence without a full stop.</summary>
    public static IEnumerable<string> Problems(ServerConfiguration configuration)
    {
        var kinds = configuration.Authentication;
        var word = Word(kinds);
        if (!configuration.HasKeys && kinds.HasFlag(AuthenticationKind.Signature))
        {
            yield return $"\"authType\" is {word}, but there are no keys: set \"authKeys\" or \"authKeysDir\"";
        }

        if (configuration.ReadAccess != ReadAccess.Open && kinds == AuthenticationKind.None)
        {
            yield return "\"readAuth\" asks for credentials, but \"authType\" is none: remove one of them";
        }

        foreach (var problem in OpenWrites(configuration).Concat(BadPasswords(configuration)).Concat(BadKeys(configuration)))
        {
            yield return problem;
        }
    }

    /// <summary>Credentials that are configured and never asked for. No error: an operator may switch a way off for a while.</summary>
    public static IEnumerable<string> Unused(ServerConfiguration configuration)
    {
        var kinds = configuration.Authentication;
        if (configuration.Users.Count > 0 && !kinds.HasFlag(AuthenticationKind.Basic))
        {
            yield return $"\"authType\" is {Word(kinds)}, so the users in \"userdb\" are never asked for";
        }

        if (configuration.HasKeys && !kinds.HasFlag(AuthenticationKind.Signature))
        {
            yield return $"\"authType\" is {Word(kinds)}, so the keys in \"authKeys\" or \"authKeysDir\" are never asked for";
        }
    }

    private static string Word(AuthenticationKind kinds) => kinds.ToString().ToLowerInvariant();

    private static IEnumerable<string> OpenWrites(ServerConfiguration configuration)
    {
        var address = configuration.Address;
        if (configuration is { Authentication: AuthenticationKind.None, AllowOpenWrites: false } && !OwnNetwork.Has(address, OwnNetwork.OfThisMachine()))
        {
            yield return $"\"authType\" is none and \"address\" is {address}, so whoever reaches this machine could change its images: "
                + "set \"address\" to a loopback or private address, or, if that is meant, \"allowOpenWrites\" to true";
        }
    }

    private static IEnumerable<string> BadPasswords(ServerConfiguration configuration) =>
        from user in configuration.Users
        let problem = BadPassword(user)
        where problem is not null
        select $"\"userdb\": the password of \"{user.Name}\" {problem}";

    private static string? BadPassword(UserEntry user) => user switch
    {
        { Password: SamplePassword } => "is the sample's: replace it by one of your own, or by its hash from imgapi hash-password",
        { IsHashed: false } when ForeignHashes.Any(prefix => user.Password.StartsWith(prefix, StringComparison.Ordinal)) =>
            "looks like a hash of another program: make one with imgapi hash-password",
        _ => null,
    };

    private static IEnumerable<string> BadKeys(ServerConfiguration configuration) =>
        from user in configuration.Keys
        from key in user.Value.Index()
        where !OpenSshKey.IsUsable(key.Item)
        select $"\"authKeys\": key {key.Index + 1} of \"{user.Key}\" is not an OpenSSH public key that this server can use";

    private static string[]? Words(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)
        : Texts(value);

    private static string[]? Texts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
