using System.Security.Cryptography;
using ImgApi.Domain.Access;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>A public key that checks signatures. Immutable, and safe to use from several threads.</summary>
internal abstract class PublicKey
{
    /// <summary>What kind of key it is.</summary>
    public abstract KeyKind Kind { get; }

    /// <summary>Whether the key's owner signed the text. False for whatever is no signature at all.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash);
}

/// <summary>An RSA key; signatures are PKCS #1 v1.5.</summary>
internal sealed class RsaPublicKey(RSAParameters key) : PublicKey
{
    /// <summary>Shorter keys can be broken.</summary>
    public const int MinBits = 1024;

    /// <summary>Longer ones take too long.</summary>
    public const int MaxBits = 16384;

    public override KeyKind Kind => KeyKind.Rsa;

    public override bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(text, signature, hash, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>An ECDSA key over one of the curves of OpenSSH; signatures are DER, as Joyent's sshpk makes them.</summary>
internal sealed class EcdsaPublicKey(ECParameters key) : PublicKey
{
    public override KeyKind Kind => KeyKind.Ecdsa;

    public override bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var ecdsa = ECDsa.Create(key);
        return ecdsa.VerifyData(text, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The curve whose coordinates have that many bits; null if it is none of OpenSSH's.</summary>
    public static ECCurve? CurveOf(int bits) => bits switch
    {
        256 => ECCurve.NamedCurves.nistP256,
        384 => ECCurve.NamedCurves.nistP384,
        521 => ECCurve.NamedCurves.nistP521,
        _ => null,
    };
}

/// <summary>A key of a kind that .NET has not (Ed25519), or has not everywhere (DSA).</summary>
internal sealed class OtherPublicKey(AsymmetricKeyParameter key) : PublicKey
{
    public override KeyKind Kind => key is Ed25519PublicKeyParameters ? KeyKind.Ed25519 : KeyKind.Dsa;

    public override bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        var signer = SignerUtilities.InitSigner(Kind == KeyKind.Ed25519 ? "Ed25519" : $"{hash.Name}withDSA", forSigning: false, key, random: null);
        signer.BlockUpdate(text);
        return signer.VerifySignature(signature.ToArray());
    }
}
