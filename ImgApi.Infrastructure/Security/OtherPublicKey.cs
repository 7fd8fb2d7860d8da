using System.Security.Cryptography;
using ImgApi.Domain.Access;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>A key of a kind that .NET has not (Ed25519), or has not everywhere (DSA).</summary>
internal sealed class OtherPublicKey(AsymmetricKeyParameter key) : PublicKey
{
    /// <inheritdoc/>
    public override KeyKind Kind => key is Ed25519PublicKeyParameters ? KeyKind.Ed25519 : KeyKind.Dsa;

    /// <inheritdoc/>
    public override bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        var signer = SignerUtilities.InitSigner(Kind == KeyKind.Ed25519 ? "Ed25519" : $"{hash.Name}withDSA", forSigning: false, key, random: null);
        signer.BlockUpdate(text);
        return signer.VerifySignature(signature.ToArray());
    }
}
