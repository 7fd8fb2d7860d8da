using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>One entry of <c>userdb</c>.</summary>
/// <param name="Name">Name; not empty, without a colon.</param>
/// <param name="Password">Password in clear text, or its hash.</param>
public sealed record UserEntry(string Name, string Password)
{
    /// <summary>Whether the password is kept as a hash.</summary>
    public bool IsHashed => PasswordHash.TryParse(Password, out _);

    /// <summary>Whether the password is kept as a hash that is easier to guess than those that <c>imgapi hash-password</c> makes.</summary>
    public bool IsWeaklyHashed => PasswordHash.TryParse(Password, out var hash) && hash.IsWeak;

    /// <summary>Keeps the password out of whatever prints an entry.</summary>
    public override string ToString() => Name;
}
