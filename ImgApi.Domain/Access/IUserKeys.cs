namespace ImgApi.Domain.Access;

/// <summary>
/// The public keys of the users. Changes of the key files take effect with the next call. Keys that cannot be read keep their last known value.
/// </summary>
public interface IUserKeys
{
    /// <summary>
    /// Whether one of the user's keys made the signature. Never throws, even for hostile arguments, and takes about as long for an
    /// unknown user as for a known one.
    /// </summary>
    /// <param name="algorithm">The algorithm that the caller names; only keys of its kind are tried.</param>
    /// <param name="signature">Encoded as <see cref="KeyKind"/> says.</param>
    bool IsSignedBy(string user, SignatureAlgorithm algorithm, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>Reads all keys again, even if no file seems to have changed.</summary>
    /// <exception cref="ImgApiException"><c>StorageIsDown</c> if they cannot be read; the previous keys stay valid.</exception>
    void Reload();

    /// <summary>Replaces the keys of the configuration and reads the key files again.</summary>
    /// <param name="configured">OpenSSH public keys by user; each was checked to be usable.</param>
    void Replace(IReadOnlyDictionary<string, IReadOnlyList<string>> configured);
}
