using ImgApi.Infrastructure.Users;

namespace ImgApi.Api.Configuration;

/// <summary>The users of the configuration and of the users file together.</summary>
internal static class MergedUsers
{
    /// <exception cref="FormatException">A user is in both; the message is for the operator.</exception>
    public static ServerConfiguration Of(ServerConfiguration configuration, UsersContent content)
    {
        var taken = configuration.Users.Select(user => user.Name).Concat(configuration.Roles.Keys).ToHashSet(StringComparer.Ordinal);
        if (content.Users.FirstOrDefault(user => taken.Contains(user.Name)) is { } twice)
        {
            throw new FormatException($"the user \"{twice.Name}\" is also in \"{(configuration.Roles.ContainsKey(twice.Name) ? "roles" : "userdb")}\" of the configuration: remove one of them");
        }

        return configuration with
        {
            Users = [.. configuration.Users, .. content.Users.Select(user => new UserEntry(user.Name, user.PasswordHash) { Role = user.Role, Quota = user.Quota })],
        };
    }
}
