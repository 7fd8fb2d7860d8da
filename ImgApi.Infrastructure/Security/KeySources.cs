namespace ImgApi.Infrastructure.Security;

/// <summary>The sources of users' public keys. A user may have keys in both.</summary>
/// <param name="Configured">Keys by user, each an OpenSSH line that <see cref="OpenSshKey.IsUsable"/> accepts.</param>
/// <param name="Folder">A folder with files <c>USER.keys</c>; null for none.</param>
public sealed record KeySources(IReadOnlyDictionary<string, IReadOnlyList<string>> Configured, string? Folder)
{
    /// <summary>Whether no user can have a key.</summary>
    public bool IsEmpty => Configured.Count == 0 && Folder is null;
}
