using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImgApi.Infrastructure.Security;

/// <summary>
/// The hash of a password: PBKDF2 with HMAC-SHA-512, in the PHC string format <c>$pbkdf2-sha512$i=ITERATIONS$SALT$HASH</c> (Base64 without
/// padding). Preferred to Argon2 because the platform supports it, and because callers cannot make the server allocate memory.
/// </summary>
public sealed class PasswordHash
{
    /// <summary>The first characters of a stored password that is a hash.</summary>
    public const string Prefix = "$pbkdf2-sha512$";

    /// <summary>Iterations of new hashes: about a third of a second.</summary>
    private const int DefaultIterations = 600_000;

    private const int SaltSize = 16;
    private const int HashSize = 32;

    // The minimum is already far too weak; the maximum takes seconds.
    private const int MinIterations = 10_000;
    private const int MaxIterations = 10_000_000;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, Cost, _salt, _hash) = (iterations, iterations, salt, hash);

    /// <summary>Iterations of a check: at least those of the hash.</summary>
    public int Cost { get; private init; }

    /// <summary>Whether the hash has fewer iterations than new ones.</summary>
    public bool IsWeak => _iterations < DefaultIterations;

    /// <summary>Hashes a password with a fresh salt.</summary>
    /// <param name="iterations">At least 10,000; fewer than the default are for tests.</param>
    public static PasswordHash Create(string password, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations, HashSize));
    }

    /// <summary>Parses the text of <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('$') is not [['i', '=', .. var count], var salt, var sum])
        {
            return false;
        }

        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations
            || Decode(salt) is not { Length: >= 8 and <= 64 } saltBytes
            || Decode(sum) is not { Length: >= 16 and <= 64 } sumBytes)
        {
            return false;
        }

        hash = new PasswordHash(iterations, saltBytes, sumBytes);
        return true;
    }

    /// <summary>Whether the password is right. Takes equally long for every password.</summary>
    public bool Matches(string password)
    {
        var isRight = CryptographicOperations.FixedTimeEquals(_hash, Derive(password, _salt, _iterations, _hash.Length));
        if (Cost > _iterations)
        {
            _ = Derive(password, _salt, Cost - _iterations, _hash.Length);
        }

        return isRight;
    }

    /// <summary>The same hash, whose check takes longer.</summary>
    /// <param name="cost">Iterations, at least those of the hash.</param>
    public PasswordHash WithCost(int cost) => new(_iterations, _salt, _hash) { Cost = cost };

    /// <summary>A hash that no password matches.</summary>
    /// <param name="cost">Iterations of a check.</param>
    public static PasswordHash Decoy(int cost) => new(cost, RandomNumberGenerator.GetBytes(SaltSize), RandomNumberGenerator.GetBytes(HashSize));

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}i={_iterations}${Encode(_salt)}${Encode(_hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
