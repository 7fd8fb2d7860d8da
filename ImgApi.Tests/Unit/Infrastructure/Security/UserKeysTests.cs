using System.Security.Cryptography;
using ImgApi.Domain.Access;
using ImgApi.Tests.Specification;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

/// <summary>Which keys belong to a user, and which signatures they accept.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class UserKeysTests : UserKeysFixture
{
    [Test]
    public void The_keys_of_a_user_come_from_the_configuration_and_from_the_folder()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Folder.Write("bob.keys", Line(other));
        var keys = Open(new() { ["bob"] = [Line(Key)] });
        Assert.That((Accepts(keys, "bob", Key), Accepts(keys, "bob", other)), Is.EqualTo((true, true)));
    }

    [TestCase("alice")]
    [TestCase("Bob")]
    public void A_key_is_not_accepted_for_another_user(string user) =>
        Assert.That(Accepts(Open(new() { ["bob"] = [Line(Key)] }), user, Key), Is.False);

    [TestCase("bob.keys", "bob")]
    [TestCase("bob.smith.keys", "bob.smith")]
    [TestCase("bob.keys.keys", "bob.keys")]
    public void The_name_of_the_user_is_the_name_of_the_file_up_to_the_last_dot(string file, string user)
    {
        Folder.Write(file, Line(Key));
        Assert.That(Accepts(Open(), user, Key), Is.True);
    }

    [TestCase("bob")]
    [TestCase("bob.pub")]
    [TestCase("bob.KEYS")]
    [TestCase("bob.keys~")]
    [TestCase("sub/bob.keys")]
    public void Files_with_other_names_are_ignored(string file)
    {
        Folder.Write(file, Line(Key));
        Assert.That(Accepts(Open(), "bob", Key), Is.False);
    }

    [Test]
    [Check(57)]
    public void Comments_blank_lines_and_windows_line_ends_are_ignored()
    {
        Folder.Write("bob.keys", $"# mine\r\n\r\n   \r\n  {Line(Key)}  \r\n#{Line(Key)}");
        Assert.That(Accepts(Open(), "bob", Key), Is.True);
        Assert.That(Log.Warnings, Is.Empty);
    }

    [Test]
    public void A_bad_line_is_skipped_with_a_warning_that_does_not_show_it()
    {
        var file = Folder.Write("bob.keys", $"# mine\nssh-rsa SECRET\n{Line(Key)}\n");
        Assert.That(Accepts(Open(), "bob", Key), Is.True);
        Assert.That(Log.Warnings, Has.Length.EqualTo(1));
        Assert.That(Log.Warnings[0], Does.Contain($"{file}, line 2").And.Not.Contain("SECRET"));
    }

    [Test]
    public void A_start_without_the_folder_of_keys_fails_and_names_the_folder() =>
        Assert.That(Assert.Throws<IOException>(() => Open(folder: "/nowhere/keys"))!.Message, Does.Contain("/nowhere/keys"));

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task Random_bytes_as_a_signature_are_refused_without_an_exception(string kind)
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
    public void A_signature_of_a_DSA_key_is_accepted()
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
}
