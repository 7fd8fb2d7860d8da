using System.Security.Cryptography;
using ImgApi.Domain.Remote;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using PemFile = Org.BouncyCastle.Utilities.IO.Pem.PemReader;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// A private key in a file that <c>ssh-keygen</c> wrote: RSA, ECDSA or Ed25519. The library does not decrypt files with a passphrase in the format
/// of OpenSSH; those keys are used through the ssh-agent. It does decrypt the older PEM format.
/// </summary>
public sealed class SshPrivateKey : IRequestSigner
{
    private const string OpenSshType = "OPENSSH PRIVATE KEY";

    private readonly AsymmetricKeyParameter _key;
    private readonly string _signer;
    private readonly string _algorithm;

    private SshPrivateKey(string user, AsymmetricKeyParameter key)
    {
        (KeyId, _key) = (user, key);
        (_signer, _algorithm) = key switch
        {
            RsaKeyParameters => ("SHA-256withRSA", "rsa-sha256"),
            ECPrivateKeyParameters { Parameters.Curve.FieldSize: <= 256 } => ("SHA-256withECDSA", "ecdsa-sha256"),
            ECPrivateKeyParameters { Parameters.Curve.FieldSize: <= 384 } => ("SHA-384withECDSA", "ecdsa-sha384"),
            ECPrivateKeyParameters => ("SHA-512withECDSA", "ecdsa-sha512"),
            Ed25519PrivateKeyParameters => ("Ed25519", "ed25519"),
            _ => throw new CryptographicException("it is not an RSA, ECDSA or Ed25519 key"),
        };
    }

    /// <inheritdoc/>
    public string KeyId { get; }

    /// <summary>Reads the text of a key file.</summary>
    /// <param name="passphrase">Asks for the passphrase; called only if the file needs it.</param>
    /// <returns>Null if the file can only be used through the ssh-agent: it is a public key, or is encrypted in the format of OpenSSH.</returns>
    /// <exception cref="CryptographicException">The text is not a key, or the passphrase is wrong. The message follows the file's name and a colon.</exception>
    public static SshPrivateKey? TryRead(string user, string text, Func<string> passphrase)
    {
        if (OpenSshKey.IsUsable(text.Trim()))
        {
            return null;
        }

        try
        {
            using var file = new PemFile(new StringReader(text));
            if (file.ReadPemObject() is { Type: OpenSshType } openSsh)
            {
                return IsEncrypted(openSsh.Content) ? null : new SshPrivateKey(user, OpenSshPrivateKeyUtilities.ParsePrivateKeyBlob(openSsh.Content));
            }

            using var pem = new PemReader(new StringReader(text), new Passphrase(passphrase));
            return pem.ReadObject() switch
            {
                AsymmetricCipherKeyPair pair => new SshPrivateKey(user, pair.Private),
                AsymmetricKeyParameter { IsPrivate: true } key => new SshPrivateKey(user, key),
                _ => throw new CryptographicException("it is not a private key"),
            };
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or InvalidOperationException or CryptoException or FormatException)
        {
            throw new CryptographicException("it cannot be read as a private key, or the passphrase is wrong", fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RequestSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        var signer = SignerUtilities.GetSigner(_signer);
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(text.Span);
        return ValueTask.FromResult(new RequestSignature(_algorithm, signer.GenerateSignature()));
    }

    /// <summary>The name of the cipher follows the format's name, which ends with a zero, and its own length.</summary>
    private static bool IsEncrypted(ReadOnlySpan<byte> content) =>
        content.StartsWith("openssh-key-v1\0"u8) && !content["openssh-key-v1\0"u8.Length..].StartsWith("\0\0\0\u0004none"u8);

    private sealed class Passphrase(Func<string> ask) : IPasswordFinder
    {
        public char[] GetPassword() => ask().ToCharArray();
    }
}
