using System.Security.Cryptography;
using ImgApi.Domain.Access;

namespace ImgApi.Infrastructure.Security;

/// <summary>A public key that checks signatures. Immutable, and safe to use from several threads.</summary>
internal abstract class PublicKey
{
    /// <summary>What kind of key it is.</summary>
    public abstract KeyKind Kind { get; }

    /// <summary>Whether the key's owner signed the text. False for whatever is no signature at all.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, HashAlgorithmName hash);
}
