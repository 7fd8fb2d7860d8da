using System.Security.Cryptography;
using ImgApi.Domain.Access;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>Keys of nobody: what a signature is checked with when there is no key, so that the answer takes as long.</summary>
internal sealed class DecoyKeys
{
    /// <summary>Those of this process: to make an RSA key takes up to a second.</summary>
    public static readonly DecoyKeys Shared = new();

    private readonly PublicKey _rsa = Rsa();
    private readonly PublicKey _ecdsa = Ecdsa();
    private readonly PublicKey _other = new OtherPublicKey(new Ed25519PrivateKeyParameters(new SecureRandom()).GeneratePublicKey());

    private DecoyKeys()
    {
    }

    /// <summary>A key that is checked about as fast as most keys of the kind.</summary>
    public PublicKey For(KeyKind kind) => kind switch
    {
        KeyKind.Rsa => _rsa,
        KeyKind.Ecdsa => _ecdsa,
        _ => _other,
    };

    private static RsaPublicKey Rsa()
    {
        using var rsa = RSA.Create(3072); // what ssh-keygen makes
        return new RsaPublicKey(rsa.ExportParameters(includePrivateParameters: false));
    }

    private static EcdsaPublicKey Ecdsa()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new EcdsaPublicKey(ecdsa.ExportParameters(includePrivateParameters: false));
    }
}
