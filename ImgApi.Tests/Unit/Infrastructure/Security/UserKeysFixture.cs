using System.Security.Cryptography;
using System.Text;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

/// <summary>A folder of keys, and one key to put into it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class UserKeysFixture : IDisposable
{
    protected static readonly byte[] Text = Encoding.UTF8.GetBytes("date: x");

    private static readonly SignatureAlgorithm Ecdsa = SignatureAlgorithm.Find("ecdsa-sha256")!;

    protected TemporaryFolder Folder { get; } = new();

    protected LogRecorder Log { get; } = new();

    protected ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        Folder.Dispose();
        Log.Dispose();
        Key.Dispose();
    }

    /// <summary>Whether a signature of the key is accepted as the user's.</summary>
    protected static bool Accepts(UserKeys keys, string user, ECDsa key) =>
        keys.IsSignedBy(user, Ecdsa, Text, key.SignData(Text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>The public key in the form of OpenSSH.</summary>
    protected static string Line(ECDsa key)
    {
        var info = PublicKeyFactory.CreateKey(key.ExportSubjectPublicKeyInfo());
        return $"ecdsa-sha2-nistp256 {Convert.ToBase64String(OpenSshPublicKeyUtilities.EncodePublicKey(info))}";
    }

    protected UserKeys Open(Dictionary<string, IReadOnlyList<string>>? configured = null, string? folder = null, TimeProvider? clock = null) =>
        new(new KeySources(configured ?? [], folder ?? Folder.Path), clock ?? TimeProvider.System, Log.Of<UserKeys>());
}
