using System.Collections.Frozen;
using System.Security.Cryptography;

namespace ImgApi.Domain.Access;

/// <summary>
/// A way to sign a request (contract 7.3): the register of those that are accepted. None with a shared secret is among
/// them: with a public key as the secret, everyone could sign.
/// </summary>
/// <param name="Name">The word in the Signature header, in lower case.</param>
/// <param name="Kind">The kind of key that makes such signatures.</param>
/// <param name="Hash">What is hashed with. Ed25519 has its own hash and ignores it.</param>
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
        new("ed25519-sha512", KeyKind.Ed25519, HashAlgorithmName.SHA512), // what Joyent's http-signature calls it
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The algorithm of a name, whatever its case; null if it is not accepted.</summary>
    public static SignatureAlgorithm? Find(string name) => Accepted.GetValueOrDefault(name);
}
