using System.Security.Cryptography;
using System.Text;
using ImgApi.Domain.Access;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Slow")]
internal sealed class UserKeysTests : IDisposable
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("date: x");
    private static readonly SignatureAlgorithm Ecdsa = SignatureAlgorithm.Find("ecdsa-sha256")!;

    private readonly TemporaryFolder _folder = new();
    private readonly LogRecorder _log = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
        _key.Dispose();
    }

    [Test]
    public void The_keys_of_a_user_come_from_everywhere()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.Write("bob.keys", Line(other));
        var keys = Open(new() { ["bob"] = [Line(_key)] });
        Assert.That(Accepts(keys, "bob", _key), Is.True);
        Assert.That(Accepts(keys, "bob", other), Is.True);
        Assert.That(Accepts(keys, "alice", _key), Is.False);
        Assert.That(Accepts(keys, "Bob", _key), Is.False);
    }

    [TestCase("bob.keys", "bob")]
    [TestCase("bob.smith.keys", "bob.smith")]
    [TestCase("bob.keys.keys", "bob.keys")]
    public void The_user_is_the_file_name_up_to_the_last_dot(string file, string user)
    {
        _folder.Write(file, Line(_key));
        Assert.That(Accepts(Open(), user, _key), Is.True);
    }

    [TestCase("bob")]
    [TestCase("bob.pub")]
    [TestCase("bob.KEYS")]
    [TestCase("bob.keys~")]
    [TestCase("sub/bob.keys")]
    public void Other_files_do_not_count(string file)
    {
        _folder.Write(file, Line(_key));
        Assert.That(Accepts(Open(), "bob", _key), Is.False);
    }

    [Test]
    [Check(57)]
    public void Comments_blank_lines_and_windows_line_ends_are_ignored()
    {
        _folder.Write("bob.keys", $"# mine\r\n\r\n   \r\n  {Line(_key)}  \r\n#{Line(_key)}");
        Assert.That(Accepts(Open(), "bob", _key), Is.True);
        Assert.That(_log.Warnings, Is.Empty);
    }

    [Test]
    public void A_bad_line_is_skipped_with_a_warning_that_does_not_show_it()
    {
        var file = _folder.Write("bob.keys", $"# mine\nssh-rsa SECRET\n{Line(_key)}\n");
        Assert.That(Accepts(Open(), "bob", _key), Is.True);
        Assert.That(_log.Warnings, Has.Length.EqualTo(1));
        Assert.That(_log.Warnings[0], Does.Contain($"{file}, line 2").And.Not.Contain("SECRET"));
    }

    [Test]
    public void Changes_count_at_once()
    {
        var keys = Open();
        Assert.That(Accepts(keys, "bob", _key), Is.False);
        var file = _folder.Write("bob.keys", Line(_key));
        Assert.That(Accepts(keys, "bob", _key), Is.True, "added");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.Write("bob.keys", Line(other));
        Assert.That(Accepts(keys, "bob", _key), Is.False, "replaced");
        Assert.That(Accepts(keys, "bob", other), Is.True, "replaced");
        File.Delete(file);
        Assert.That(Accepts(keys, "bob", other), Is.False, "deleted");
    }

    [Test]
    public void A_change_within_one_tick_of_the_clock_counts_too()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var clock = new FakeTimeProvider();
        var tick = clock.GetUtcNow().UtcDateTime;
        File.SetLastWriteTimeUtc(_folder.Write("bob.keys", Line(other)), tick);
        var keys = Open(clock: clock);
        Assert.That(Accepts(keys, "bob", _key), Is.False);
        File.SetLastWriteTimeUtc(_folder.Write("bob.keys", Line(_key)), tick);
        Assert.That(Accepts(keys, "bob", _key), Is.True);
    }

    [Test]
    public void An_old_file_that_is_changed_counts_too()
    {
        var file = _folder.Write("bob.keys", "#");
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var keys = Open();
        Assert.That(Accepts(keys, "bob", _key), Is.False);
        _folder.Write("bob.keys", Line(_key));
        Assert.That(Accepts(keys, "bob", _key), Is.True);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links")]
    public void What_a_link_leads_to_may_change_while_the_link_stays()
    {
        _folder.Write("one/bob", "#");
        _folder.Write("two/bob", Line(_key));
        Directory.CreateSymbolicLink(_folder.Combine("now"), "one");
        File.CreateSymbolicLink(_folder.Combine("bob.keys"), "now/bob");
        var keys = Open();
        Assert.That(Accepts(keys, "bob", _key), Is.False);
        Directory.Delete(_folder.Combine("now"));
        Directory.CreateSymbolicLink(_folder.Combine("now"), "two");
        Assert.That(Accepts(keys, "bob", _key), Is.True);
    }

    [Test]
    public void While_the_folder_cannot_be_read_the_keys_stay_and_one_warning_says_so()
    {
        _folder.Write("keys/bob.keys", Line(_key));
        var keys = Open(folder: _folder.Combine("keys"));
        Directory.Move(_folder.Combine("keys"), _folder.Combine("gone"));
        Assert.That(Accepts(keys, "bob", _key), Is.True);
        Assert.That(Accepts(keys, "bob", _key), Is.True);
        Assert.That(_log.Warnings, Has.Length.EqualTo(1));
        Assert.That(Assert.Throws<ImgApiException>(keys.Reload)!.Code, Is.EqualTo(ErrorCode.StorageIsDown));

        Directory.Move(_folder.Combine("gone"), _folder.Combine("keys"));
        _folder.Write("keys/bob.keys", "#");
        Assert.That(Accepts(keys, "bob", _key), Is.False);
    }

    [Test]
    public void A_file_that_is_none_of_keys_is_a_failed_load()
    {
        var file = _folder.Write("bob.keys", Line(_key));
        var keys = Open();
        File.WriteAllBytes(file, new byte[(1024 * 1024) + 1]);
        Assert.That(Accepts(keys, "bob", _key), Is.True);
        Assert.That(_log.Warnings.Single(), Does.Contain(file));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links")]
    public void A_link_that_leads_nowhere_holds_up_no_other_change()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.Write("bob.keys", Line(_key));
        _folder.Write("target", Line(other));
        File.CreateSymbolicLink(_folder.Combine("old.keys"), _folder.Combine("target"));
        var keys = Open();
        Assert.That((Accepts(keys, "bob", _key), Accepts(keys, "old", other)), Is.EqualTo((true, true)));
        File.Delete(_folder.Combine("target"));
        File.Delete(_folder.Combine("bob.keys"));
        Assert.That((Accepts(keys, "bob", _key), Accepts(keys, "old", other)), Is.EqualTo((false, false)));
        Assert.That(_log.Warnings, Has.Some.Contains("old.keys leads nowhere").Or.Some.Contains("target leads nowhere"));
        Assert.That(keys.Reload, Throws.Nothing);
        Assert.That(() => Open(), Throws.Nothing, "nor a start");
    }

    [Test]
    public void A_file_that_cannot_be_read_keeps_its_keys_and_holds_up_no_other_change()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.Write("bob.keys", Line(_key));
        var bad = _folder.Write("eve.keys", Line(other));
        var keys = Open();
        File.WriteAllBytes(bad, new byte[(1024 * 1024) + 1]);
        File.Delete(_folder.Combine("bob.keys"));
        Assert.That((Accepts(keys, "bob", _key), Accepts(keys, "eve", other)), Is.EqualTo((false, true)));
        Assert.That(_log.Warnings, Has.Length.EqualTo(1));
        Assert.That(() => Open(), Throws.Nothing, "a start does without");
        File.Delete(bad);
        Assert.That(Accepts(keys, "eve", other), Is.False);
    }

    [Test]
    public void A_start_without_the_folder_fails_and_names_it() =>
        Assert.That(Assert.Throws<IOException>(() => Open(folder: "/nowhere/keys"))!.Message, Does.Contain("/nowhere/keys"));

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task Whatever_comes_as_a_signature_is_refused_without_an_exception(string kind)
    {
        var keys = Open(new() { ["bob"] = [await SshKeys.PublicAsync(kind)] });
        var random = new Random(1);
        foreach (var algorithm in new[] { "rsa-sha1", "rsa-sha512", "dsa-sha1", "ecdsa-sha384", "ed25519" }.Select(SignatureAlgorithm.Find))
        {
            for (var length = 0; length < 300; length += 7)
            {
                var signature = new byte[length];
                random.NextBytes(signature);
                Assert.That(keys.IsSignedBy("bob", algorithm!, Text, signature), Is.False);
                Assert.That(keys.IsSignedBy("nobody", algorithm!, Text, signature), Is.False);
            }
        }
    }

    [Test]
    public void An_old_dsa_key_works()
    {
        var random = new Org.BouncyCastle.Security.SecureRandom();
        var parameters = new Org.BouncyCastle.Crypto.Generators.DsaParametersGenerator();
        parameters.Init(1024, 20, random);
        var generator = new Org.BouncyCastle.Crypto.Generators.DsaKeyPairGenerator();
        generator.Init(new Org.BouncyCastle.Crypto.Parameters.DsaKeyGenerationParameters(random, parameters.GenerateParameters()));
        var pair = generator.GenerateKeyPair();
        var blob = Org.BouncyCastle.Crypto.Utilities.OpenSshPublicKeyUtilities.EncodePublicKey(pair.Public);
        var keys = Open(new() { ["bob"] = [$"ssh-dss {Convert.ToBase64String(blob)}"] });
        var signer = Org.BouncyCastle.Security.SignerUtilities.InitSigner("SHA1withDSA", true, pair.Private, random);
        signer.BlockUpdate(Text);
        Assert.That(keys.IsSignedBy("bob", SignatureAlgorithm.Find("dsa-sha1")!, Text, signer.GenerateSignature()), Is.True);
    }

    private static bool Accepts(UserKeys keys, string user, ECDsa key) =>
        keys.IsSignedBy(user, Ecdsa, Text, key.SignData(Text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    private static string Line(ECDsa key)
    {
        var info = Org.BouncyCastle.Security.PublicKeyFactory.CreateKey(key.ExportSubjectPublicKeyInfo());
        return $"ecdsa-sha2-nistp256 {Convert.ToBase64String(Org.BouncyCastle.Crypto.Utilities.OpenSshPublicKeyUtilities.EncodePublicKey(info))}";
    }

    private UserKeys Open(Dictionary<string, IReadOnlyList<string>>? configured = null, string? folder = null, TimeProvider? clock = null) =>
        new(new KeySources(configured ?? [], folder ?? _folder.Path), clock ?? TimeProvider.System, _log.Of<UserKeys>());
}
