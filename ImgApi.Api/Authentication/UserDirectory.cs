using System.Security.Cryptography;
using System.Text;
using ImgApi.Api.Configuration;

namespace ImgApi.Api.Authentication;

/// <summary>The configured users. Comparisons take the same time whether a name is known and however much of a password fits.</summary>
internal sealed class UserDirectory(ServerConfiguration configuration)
{
    // Compared with when the name is unknown; a digest of nothing that anyone can send.
    private readonly byte[] _nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private readonly Dictionary<string, byte[]> _digests =
        configuration.Users.ToDictionary(user => user.Name, user => Digest(user.Password), StringComparer.Ordinal);

    /// <summary>Whether there is such a user with that password.</summary>
    public bool IsValid(string name, string password) =>
        CryptographicOperations.FixedTimeEquals(_digests.GetValueOrDefault(name, _nobody), Digest(password));

    private static byte[] Digest(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}
