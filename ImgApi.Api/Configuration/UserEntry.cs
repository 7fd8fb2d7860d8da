using ImgApi.Infrastructure.Security;

namespace ImgApi.Api.Configuration;

/// <summary>An entry of <c>userdb</c>. A session of the pages ends when any of its values changes.</summary>
/// <param name="Name">Name of the user; not empty, without a colon.</param>
/// <param name="Password">Password in clear text, or its hash.</param>
[MustBe("{ \"name\": ..., \"password\": ..., \"role\": ... }")]
internal sealed record UserEntry([property: MustBe("a string that is not empty")] string Name, [property: MustBe("a string that is not empty")] string Password)
{
    // For the binder, which sets one property after the other.
    private UserEntry()
        : this("", "")
    {
    }

    /// <summary>What the user may do.</summary>
    public Role Role { get; init; } = Role.Admin;

    /// <summary>Bytes that the files of the images that the user published may take; null for no limit.</summary>
    [MustBe("a number of bytes, at least 1")]
    public long? Quota { get; init; }

    /// <summary>Whether <see cref="Password"/> is a hash.</summary>
    public bool IsHashed => PasswordHash.TryParse(Password, out _);

    /// <summary>Whether <see cref="Password"/> is a hash with fewer iterations than those of <c>imgapi hash-password</c>.</summary>
    public bool IsWeaklyHashed => PasswordHash.TryParse(Password, out var hash) && hash.IsWeak;

    /// <summary>The name alone, so that no log line or message shows the password.</summary>
    public override string ToString() => Name;
}
