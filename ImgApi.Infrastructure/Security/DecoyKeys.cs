using System.Security.Cryptography;
using ImgApi.Domain.Access;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>Keys that belong to nobody. A signature is checked with one of them if the user has no key, so that the answer takes as long.</summary>
internal sealed class DecoyKeys
{
    /// <summary>One instance per process, since creating an RSA key takes up to a second.</summary>
    public static readonly DecoyKeys Shared = new();

    private readonly PublicKey _rsa;
    private readonly PublicKey _ecdsa;
    private readonly PublicKey _other = PublicKey.Other(new Ed25519PrivateKeyParameters(new SecureRandom()).GeneratePublicKey());

    private DecoyKeys()
    {
        using var rsa = RSA.Create(3072); // the default of ssh-keygen
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _rsa = PublicKey.Rsa(rsa.ExportParameters(includePrivateParameters: false));
        _ecdsa = PublicKey.Ecdsa(ecdsa.ExportParameters(includePrivateParameters: false));
    }

    public PublicKey For(KeyKind kind) => kind switch
    {
        KeyKind.Rsa => _rsa,
        KeyKind.Ecdsa => _ecdsa,
        _ => _other,
    };
}
