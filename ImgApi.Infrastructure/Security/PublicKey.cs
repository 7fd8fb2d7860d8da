using System.Security.Cryptography;
using ImgApi.Domain.Access;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>A public key that verifies signatures. Thread-safe.</summary>
/// <param name="Verifies">Whether the key's owner signed the text; false also for an invalid signature.</param>
internal sealed record PublicKey(KeyKind Kind, SignatureCheck Verifies)
{
    /// <summary>An RSA key; signatures are PKCS #1 v1.5.</summary>
    public static PublicKey Rsa(RSAParameters key) => new(KeyKind.Rsa, (text, signature, hash) =>
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(text, signature, hash, RSASignaturePadding.Pkcs1);
    });

    /// <summary>An ECDSA key; signatures are DER, as Joyent's sshpk makes them.</summary>
    public static PublicKey Ecdsa(ECParameters key) => new(KeyKind.Ecdsa, (text, signature, hash) =>
    {
        using var ecdsa = ECDsa.Create(key);
        return ecdsa.VerifyData(text, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    });

    /// <summary>A key that .NET does not support (Ed25519), or not on every system (DSA).</summary>
    public static PublicKey Other(AsymmetricKeyParameter key)
    {
        var isEd25519 = key is Ed25519PublicKeyParameters;
        return new(isEd25519 ? KeyKind.Ed25519 : KeyKind.Dsa, (text, signature, hash) =>
        {
            var signer = SignerUtilities.InitSigner(isEd25519 ? "Ed25519" : $"{hash.Name}withDSA", forSigning: false, key, random: null);
            signer.BlockUpdate(text);
            return signer.VerifySignature(signature.ToArray());
        });
    }
}

internal delegate bool SignatureCheck(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash);
