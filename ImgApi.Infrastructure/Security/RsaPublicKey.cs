using System.Security.Cryptography;
using ImgApi.Domain.Access;

namespace ImgApi.Infrastructure.Security;

/// <summary>An RSA key; signatures are PKCS #1 v1.5.</summary>
internal sealed class RsaPublicKey(RSAParameters key) : PublicKey
{
    /// <summary>Shorter keys can be broken.</summary>
    public const int MinBits = 1024;

    /// <summary>Longer ones take too long.</summary>
    public const int MaxBits = 16384;

    /// <inheritdoc/>
    public override KeyKind Kind => KeyKind.Rsa;

    /// <inheritdoc/>
    public override bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(text, signature, hash, RSASignaturePadding.Pkcs1);
    }
}
