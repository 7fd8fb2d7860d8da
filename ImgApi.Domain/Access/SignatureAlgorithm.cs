using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ImgApi.Domain.Access;

/// <summary>
/// An accepted way to sign a request (contract 7.3). HMAC algorithms are not accepted: their secret would be the public key, which
/// everyone may know.
/// </summary>
/// <param name="Name">The name in the Signature header, in lower case.</param>
/// <param name="Hash">Ed25519 has its own and ignores it.</param>
public sealed record SignatureAlgorithm(string Name, KeyKind Kind, HashAlgorithmName Hash)
{
    private static readonly FrozenDictionary<string, SignatureAlgorithm> Accepted = new SignatureAlgorithm[]
    {
        new("rsa-sha1", KeyKind.Rsa, HashAlgorithmName.SHA1),
        new("rsa-sha256", KeyKind.Rsa, HashAlgorithmName.SHA256),
        new("rsa-sha512", KeyKind.Rsa, HashAlgorithmName.SHA512),
        new("dsa-sha1", KeyKind.Dsa, HashAlgorithmName.SHA1),
        new("ecdsa-sha256", KeyKind.Ecdsa, HashAlgorithmName.SHA256),
        new("ecdsa-sha384", KeyKind.Ecdsa, HashAlgorithmName.SHA384),
        new("ecdsa-sha512", KeyKind.Ecdsa, HashAlgorithmName.SHA512),
        new("ed25519", KeyKind.Ed25519, HashAlgorithmName.SHA512),
        new("ed25519-sha512", KeyKind.Ed25519, HashAlgorithmName.SHA512), // the name in Joyent's http-signature
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The algorithm with this name, in any case; null if it is not accepted.</summary>
    public static SignatureAlgorithm? Find(string name) => Accepted.GetValueOrDefault(name);
}

/// <summary>The kinds of public keys. RSA signatures are PKCS #1 v1.5, ECDSA signatures are DER, Ed25519 signatures are 64 bytes.</summary>
public enum KeyKind
{
    Rsa,
    Dsa,
    Ecdsa,
    Ed25519,
}
