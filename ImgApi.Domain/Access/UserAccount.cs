namespace ImgApi.Domain.Access;

/// <summary>A user of the users file.</summary>
/// <param name="Name">See <see cref="IsName"/>.</param>
/// <param name="PasswordHash">The hash of the password, never the password itself.</param>
/// <param name="Quota">Bytes that the files of the images that the user published may take; null for no limit.</param>
public sealed record UserAccount(string Name, string PasswordHash, Role Role, long? Quota = null)
{
    /// <summary>Whether a text can be the name of a user: not empty, without colons (HTTP Basic) and invisible characters.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !text.Contains(':', StringComparison.Ordinal) && VisibleText.Clean(text) == text;

    /// <summary>The name alone, so that no log line or message shows the hash.</summary>
    public override string ToString() => Name;
}
