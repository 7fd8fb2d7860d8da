namespace ImgApi.Infrastructure.Security;

/// <summary>Where users' public keys come from; those of one user are taken together.</summary>
/// <param name="Configured">Keys by user, each one OpenSSH line that <see cref="OpenSshKey.IsUsable"/>.</param>
/// <param name="Folder">A folder of files <c>USER.keys</c>; null if there is none.</param>
public sealed record KeySources(IReadOnlyDictionary<string, IReadOnlyList<string>> Configured, string? Folder)
{
    /// <summary>Whether nobody can have a key.</summary>
    public bool IsEmpty => Configured.Count == 0 && Folder is null;
}
