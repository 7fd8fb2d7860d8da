using System.Text.Json.Serialization;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>One entry of <c>userdb</c>.</summary>
/// <param name="Name">Name; not empty, without a colon.</param>
/// <param name="Password">Password in clear text, or its hash.</param>
[MustBe("{ \"name\": ..., \"password\": ... }")]
public sealed record UserEntry([property: MustBe("a string that is not empty")] string Name, [property: MustBe("a string that is not empty")] string Password)
{
    [JsonConstructor]
    private UserEntry()
        : this("", "")
    {
    }

    /// <summary>Whether the password is kept as a hash.</summary>
    public bool IsHashed => PasswordHash.TryParse(Password, out _);

    /// <summary>Whether the password is kept as a hash that is easier to guess than those that <c>imgapi hash-password</c> makes.</summary>
    public bool IsWeaklyHashed => PasswordHash.TryParse(Password, out var hash) && hash.IsWeak;

    /// <summary>Keeps the password out of log lines and messages.</summary>
    public override string ToString() => Name;
}
