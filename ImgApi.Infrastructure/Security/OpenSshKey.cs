using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>Reads a public key as <c>ssh-keygen</c> writes it: type, base64 and perhaps a comment, on one line.</summary>
public static class OpenSshKey
{
    // A key of 16384 bits has less than half of that.
    private const int MaxLineLength = 8192;

    /// <summary>Whether the line holds a key whose signatures this server can check.</summary>
    public static bool IsUsable(string line) => TryParse(line, out _);

    internal static bool TryParse(string line, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        var words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (line.Length > MaxLineLength || words.Length < 2)
        {
            return false;
        }

        var blob = new byte[words[1].Length];
        if (!Convert.TryFromBase64String(words[1], blob, out var length) || !IsOfType(blob.AsSpan(0, length), words[0]))
        {
            return false;
        }

        try
        {
            key = Convertible(OpenSshPublicKeyUtilities.ParsePublicKey(blob[..length]));
            return key is not null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or ArithmeticException or CryptographicException)
        {
            return false; // what the library throws for a blob that is no key
        }
    }

    /// <summary>A blob begins with the length and the letters of its type.</summary>
    private static bool IsOfType(ReadOnlySpan<byte> blob, string type) =>
        BinaryPrimitives.TryReadInt32BigEndian(blob, out var length)
        && length == type.Length
        && blob[sizeof(int)..].StartsWith(Encoding.UTF8.GetBytes(type));

    private static PublicKey? Convertible(AsymmetricKeyParameter key) => key switch
    {
        RsaKeyParameters { Modulus.BitLength: >= RsaPublicKey.MinBits and <= RsaPublicKey.MaxBits } rsa =>
            new RsaPublicKey(DotNetUtilities.ToRSAParameters(rsa)),
        ECPublicKeyParameters ecdsa => Ecdsa(ecdsa),
        Ed25519PublicKeyParameters or DsaPublicKeyParameters => new OtherPublicKey(key),
        _ => null,
    };

    private static EcdsaPublicKey? Ecdsa(ECPublicKeyParameters key)
    {
        if (EcdsaPublicKey.CurveOf(key.Parameters.Curve.FieldSize) is not { } curve)
        {
            return null;
        }

        var point = new ECPoint { X = key.Q.AffineXCoord.GetEncoded(), Y = key.Q.AffineYCoord.GetEncoded() };
        return new EcdsaPublicKey(new ECParameters { Curve = curve, Q = point });
    }
}
