using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <content>Users, their keys, and how they authenticate.</content>
internal sealed partial class ConfigurationValidator
{
    // Prefixes of the hashes of other programs. Such a hash would be accepted as a password in clear text, so that everyone who has seen
    // it could log in with it.
    private static readonly string[] ForeignHashes = ["$argon2", "$scrypt$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$pbkdf2"];

    // The password in support-files/config.json, which everybody knows.
    private const string SamplePassword = "CHANGE THIS PASSWORD";

    private static void CheckUsers(ServerConfiguration to, Keys keys)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, user) in to.Users.Index())
        {
            var path = $"userdb[{index}]";
            CheckUser(user, keys.Below(typeof(UserEntry), path));
            if (user.Name.Length > 0 && !names.Add(user.Name))
            {
                keys.Fail(path, "has the name of an earlier entry");
            }
        }
    }

    private static void CheckUser(UserEntry user, Keys keys)
    {
        var isHash = PasswordHash.TryParse(user.Password, out _);
        keys.Check(nameof(user.Name), user.Name.Length > 0);
        keys.Check(nameof(user.Name), !user.Name.Contains(':', StringComparison.Ordinal), "must not contain a colon");
        keys.Check(nameof(user.Password), user.Password.Length > 0);
        keys.Check(nameof(user.Quota), user.Quota is null or >= 1);
        keys.Check(
            nameof(user.Password), user.Password != SamplePassword, "is the sample's: replace it by your own password, or by its hash from imgapi hash-password");
        keys.Check(
            nameof(user.Password),
            isHash || !ForeignHashes.Any(prefix => user.Password.StartsWith(prefix, StringComparison.Ordinal)),
            "looks like a hash of another program: create one with imgapi hash-password");
    }

    private static void CheckPublicKeys(ServerConfiguration to, Keys keys)
    {
        keys.Check(nameof(to.KeyFolder), to.KeyFolder is null || IsPath(to.KeyFolder));
        keys.Check(nameof(to.UsersFile), to.UsersFile is null || IsPath(to.UsersFile));
        foreach (var (user, lines) in to.Keys)
        {
            foreach (var (index, line) in lines.Index())
            {
                keys.Check(
                    nameof(to.Keys),
                    OpenSshKey.IsUsable(line),
                    $"has a key that cannot be used: key {index + 1} of \"{user}\" is not an OpenSSH public key that this server can use");
            }
        }
    }

    private static void CheckRoles(ServerConfiguration to, Keys keys)
    {
        foreach (var user in to.Roles.Keys)
        {
            var isInList = to.Users.Any(entry => entry.Name == user);
            keys.Check(nameof(to.Roles), !isInList, $"has a role of \"{user}\", whose role belongs to the entry in \"userdb\"");
            keys.Check(
                nameof(to.Roles),
                isInList || to.KeyFolder is not null || to.Keys.ContainsKey(user),
                $"has a role of \"{user}\", who is not a user: there is no such name in \"authKeys\"");
        }
    }

    private static void CheckAuthentication(ServerConfiguration to, Keys keys)
    {
        var kinds = to.Authentication;
        keys.Check(
            nameof(to.Authentication),
            to.HasKeys || !kinds.HasFlag(AuthenticationKind.Signature),
            $"is {kinds.ToString().ToLowerInvariant()}, but there are no keys: set \"authKeys\" or \"authKeysDir\"");
        keys.Check(nameof(to.SessionMinutes), to.SessionMinutes is >= 1 and <= 720);
        keys.Check(
            nameof(to.ReadAccess),
            to.ReadAccess == ReadAccess.Open || kinds != AuthenticationKind.None,
            "asks for credentials, but \"authType\" is none: remove one of them");
        keys.Check(
            nameof(to.Authentication),
            kinds != AuthenticationKind.None || to.AllowOpenWrites || PrivateNetworks.Contain(to.Address, PrivateNetworks.AddressesOfMachine()),
            $"is none and \"address\" is {to.Address}, so everyone who reaches this machine could change its images: "
                + "set \"address\" to a loopback or private address or, if this is intended, \"allowOpenWrites\" to true");
    }
}
