namespace ImgApi.Domain.Access;

/// <summary>
/// The public keys of the users. A change of where they are kept counts from the next call on; while that cannot be
/// read, the keys read last stay.
/// </summary>
public interface IUserKeys
{
    /// <summary>
    /// Whether one of the user's keys made the signature. Never throws, whatever the arguments hold, and takes about the
    /// same time for a user that is unknown.
    /// </summary>
    /// <param name="user">Name as the caller gave it.</param>
    /// <param name="algorithm">How the caller says it was signed; keys of other kinds do not count.</param>
    /// <param name="text">What was signed.</param>
    /// <param name="signature">The signature in the form of <see cref="KeyKind"/>.</param>
    bool IsSignedBy(string user, SignatureAlgorithm algorithm, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

    /// <summary>Reads all keys again, whether anything seems changed or not.</summary>
    /// <exception cref="ImgApiException"><c>StorageIsDown</c> if they cannot be read; the keys before stay.</exception>
    void Reload();

    /// <summary>Replaces the keys of the configuration; those kept elsewhere are read again.</summary>
    /// <param name="configured">OpenSSH public keys by user, each usable.</param>
    void Replace(IReadOnlyDictionary<string, IReadOnlyList<string>> configured);
}
