using System.Security.Cryptography;
using ImgApi.Domain.Access;

namespace ImgApi.Infrastructure.Security;

/// <summary>An ECDSA key over one of the curves of OpenSSH; signatures are DER, as Joyent's sshpk makes them.</summary>
internal sealed class EcdsaPublicKey(ECParameters key) : PublicKey
{
    /// <inheritdoc/>
    public override KeyKind Kind => KeyKind.Ecdsa;

    /// <inheritdoc/>
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
