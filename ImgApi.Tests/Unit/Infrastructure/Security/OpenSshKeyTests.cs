using System.Security.Cryptography;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;
using Org.BouncyCastle.Crypto.Utilities;
using Org.BouncyCastle.Security;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

[TestFixture]
[Category("Slow")]
internal sealed class OpenSshKeyTests
{
    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_key_of_ssh_keygen_is_usable(string kind) =>
        Assert.That(OpenSshKey.IsUsable(await SshKeys.PublicAsync(kind)), Is.True);

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_key_without_a_comment_is_usable(string kind)
    {
        var line = await SshKeys.PublicAsync(kind);
        Assert.That(OpenSshKey.IsUsable(string.Join(' ', line.Split(' ')[..2])), Is.True);
    }

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_key_may_contain_tabs_and_several_spaces(string kind)
    {
        var line = await SshKeys.PublicAsync(kind);
        Assert.That(OpenSshKey.IsUsable(line.Replace(" ", " \t ", StringComparison.Ordinal)), Is.True);
    }

    [TestCase("")]
    [TestCase("ssh-rsa")]
    [TestCase("ssh-rsa AAAA")]
    [TestCase("ssh-rsa not*base64")]
    [TestCase("ssh-rsa AAAAB3NzaC1yc2E=")]
    [TestCase("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==")]
    public void A_malformed_key_is_not_usable(string line) => Assert.That(OpenSshKey.IsUsable(line), Is.False);

    [Test]
    public async Task A_key_with_the_name_of_another_type_is_not_usable()
    {
        var words = (await SshKeys.PublicAsync("ed25519")).Split(' ');
        Assert.That(OpenSshKey.IsUsable($"ssh-rsa {words[1]}"), Is.False);
        Assert.That(OpenSshKey.IsUsable($"ssh {words[1]}"), Is.False);
    }

    [TestCase(1024, true)]
    [TestCase(512, false)]
    public void An_RSA_key_below_1024_bits_is_not_usable(int bits, bool expected)
    {
        using var rsa = RSA.Create(bits);
        var key = DotNetUtilities.GetRsaPublicKey(rsa);
        var line = $"ssh-rsa {Convert.ToBase64String(OpenSshPublicKeyUtilities.EncodePublicKey(key))}";
        Assert.That(OpenSshKey.IsUsable(line), Is.EqualTo(expected));
    }

    [TestCaseSource(typeof(SshKeys), nameof(SshKeys.Kinds))]
    public async Task A_damaged_key_never_throws(string kind)
    {
        var words = (await SshKeys.PublicAsync(kind)).Split(' ');
        var blob = Convert.FromBase64String(words[1]);
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var damaged = blob.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            var cut = damaged[..random.Next(damaged.Length)];
            Assert.DoesNotThrow(() => OpenSshKey.IsUsable($"{words[0]} {Convert.ToBase64String(damaged)}"));
            Assert.That(OpenSshKey.IsUsable($"{words[0]} {Convert.ToBase64String(cut)}"), Is.False);
        }
    }
}
