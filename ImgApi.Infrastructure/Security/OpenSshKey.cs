using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;

namespace ImgApi.Infrastructure.Security;

/// <summary>Reads a public key as <c>ssh-keygen</c> writes it: type, Base64 and an optional comment, on one line.</summary>
public static class OpenSshKey
{
    // Shorter RSA keys can be broken, longer ones take too long.
    private const int MinRsaBits = 1024;
    private const int MaxRsaBits = 16384;

    // More than twice the length of a 16384-bit key.
    private const int MaxLineLength = 8192;

    /// <summary>Whether the line is a key whose signatures this server can verify.</summary>
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
            return false; // the library throws these for a blob that is not a key
        }
    }

    /// <summary>A blob begins with the length and the name of its type.</summary>
    private static bool IsOfType(ReadOnlySpan<byte> blob, string type) =>
        BinaryPrimitives.TryReadInt32BigEndian(blob, out var length)
        && length == type.Length
        && blob[sizeof(int)..].StartsWith(Encoding.UTF8.GetBytes(type));

    private static PublicKey? Convertible(AsymmetricKeyParameter key) => key switch
    {
        RsaKeyParameters { Modulus.BitLength: >= MinRsaBits and <= MaxRsaBits } rsa => PublicKey.Rsa(DotNetUtilities.ToRSAParameters(rsa)),
        ECPublicKeyParameters ecdsa => Ecdsa(ecdsa),
        Ed25519PublicKeyParameters or DsaPublicKeyParameters => PublicKey.Other(key),
        _ => null,
    };

    private static PublicKey? Ecdsa(ECPublicKeyParameters key)
    {
        ECCurve? curve = key.Parameters.Curve.FieldSize switch
        {
            256 => ECCurve.NamedCurves.nistP256,
            384 => ECCurve.NamedCurves.nistP384,
            521 => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        var point = new ECPoint { X = key.Q.AffineXCoord.GetEncoded(), Y = key.Q.AffineYCoord.GetEncoded() };
        return curve is { } known ? PublicKey.Ecdsa(new ECParameters { Curve = known, Q = point }) : null;
    }
}
