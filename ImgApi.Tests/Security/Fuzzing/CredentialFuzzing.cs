using CsCheck;
using ImgApi.Api.Authentication;
using ImgApi.Api.Configuration;
using ImgApi.Infrastructure.Security;
using ImgApi.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Random credentials, keys and hashes.</summary>
[TestFixture]
[Category("Fuzz")]
[Category("Slow")]
internal sealed class CredentialFuzzing
{
    private const string Now = "Mon, 23 Nov 2026 03:10:01 GMT";

    private static readonly string[] Headers =
    [
        " keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YWFhYQ==\"",
        " keyId=\"bob\",algorithm=\"ecdsa-sha256\",headers=\"date host (request-target)\",signature=\"MEUCIQ==\"",
        " keyId=\"bob\", algorithm=\"ed25519\", headers=\"request-line x-date\", signature=\"AAAA\"",
        " keyId=\"nobody\",algorithm=\"hmac-sha256\",signature=\"\"",
    ];

    private string[] _keys = null!;

    [OneTimeSetUp]
    public async Task MakeKeysAsync() => _keys = await Task.WhenAll(SshKeys.Kinds.Select(SshKeys.PublicAsync));

    [Test]
    public void A_random_signature_header_never_throws() => Fuzz.Check(Gen.OneOf(Inputs.Mutated(Headers), Inputs.Noise), text =>
    {
        if (SignatureHeader.TryParse(text, out var header))
        {
            Assert.That(header.Value("keyId"), Is.Null.Or.Not.Empty);
        }
    });

    [Test]
    public async Task A_forged_signature_is_refused()
    {
        using var folder = new TemporaryFolder();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.Parse(Now, System.Globalization.CultureInfo.InvariantCulture));
        var sources = new KeySources(new Dictionary<string, IReadOnlyList<string>> { ["bob"] = _keys }, Folder: null);
        var scheme = new SignatureScheme(new UserKeys(sources, clock, NullLogger<UserKeys>.Instance), new ServerConfiguration { DataFolder = folder.Path }, clock);
        await Fuzz.CheckAsync(Gen.OneOf(Inputs.Mutated([.. Headers.Select(header => "Signature" + header)]), Inputs.Noise.Select(text => "Signature " + text)), async text =>
        {
            var context = new DefaultHttpContext { Request = { Method = "GET", Headers = { ["Date"] = Now, ["Host"] = "x" } } };
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/ping";
            Assert.That((await scheme.CheckAsync(context, text)).Refusal, Is.Not.Null);
        });
    }

    [Test]
    public async Task Random_basic_credentials_are_refused()
    {
        using var passwords = new UserPasswords([KeyValuePair.Create("admin", "a password that no generator makes")]);
        var scheme = new BasicScheme(new PasswordCheck(passwords, new AttemptLimiter(TimeProvider.System)));
        var encoded = Inputs.Mutated("admin:secret", "a:b:c", ":", "admin:").Select(text => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)));
        await Fuzz.CheckAsync(Gen.OneOf(encoded.Select(text => "Basic " + text), Inputs.Mutated("Basic YWRtaW46c2VjcmV0"), Inputs.Noise), async text =>
            Assert.That((await scheme.CheckAsync(new DefaultHttpContext(), text)).Refusal, Is.Not.Null));
    }

    [Test]
    public void A_random_public_key_accepts_no_random_signature() => Fuzz.Check(
        Gen.Select(Gen.OneOf(Inputs.Mutated(_keys), Blobs(), Inputs.Noise), Inputs.Bytes), input =>
        {
            var (line, signature) = input;
            if (OpenSshKey.TryParse(line, out var key))
            {
                Assert.That(Verifies(key, signature), Is.False);
            }
        });

    [Test]
    public void A_random_file_of_keys_is_read_without_an_exception()
    {
        using var folder = new TemporaryFolder();
        Fuzz.Check(Gen.Select(Inputs.MutatedBytes([.. _keys, "# comment\n\nssh-rsa x\n"]), Gen.Int[0, int.MaxValue]), input =>
        {
            var file = new FileInfo(folder.Combine($"{input.Item2}.keys"));
            File.WriteAllBytes(file.FullName, input.Item1);
            new KeyFile("bob", file).Read(NullLogger.Instance);
            file.Delete();
        });
    }

    [Test]
    public void A_password_hash_that_was_read_is_written_unchanged() => Fuzz.Check(
        Gen.OneOf(
            Inputs.Mutated("$pbkdf2-sha512$i=600000$FMwsoP/8FeJOqyx5HZhKlg$bwu3kG+NigNmQ378oTWZALux1VcvcLSX8beDuKd1I2M"),
            Gen.Select(Gen.Int[10_000, 10_000_000], Gen.Byte.Array[8, 64], Gen.Byte.Array[16, 64], (count, salt, sum) =>
                $"$pbkdf2-sha512$i={count}${Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(sum).TrimEnd('=')}"),
            Inputs.Noise),
        text =>
        {
            if (PasswordHash.TryParse(text, out var hash))
            {
                Assert.That(PasswordHash.TryParse(hash.ToString(), out var again), Is.True);
                Assert.That(again!.ToString(), Is.EqualTo(hash.ToString()));
            }
        });

    [Test]
    public void Any_text_of_a_caller_is_cut_to_a_line_of_the_log() => Fuzz.Check(Inputs.Noise, text =>
        Assert.That(VisibleText.Cut(text), Has.Length.InRange(1, 140).And.None.Matches<char>(char.IsControl)));

    /// <summary>Base64 with the beginning of a key and random bytes after it.</summary>
    private static Gen<string> Blobs() => Gen.Select(
        Gen.OneOf("ssh-rsa", "ssh-dss", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp521"), Gen.Byte.Array[0, 120], (type, rest) =>
        {
            byte[] blob = [0, 0, 0, (byte)type.Length, .. System.Text.Encoding.ASCII.GetBytes(type), .. rest];
            return $"{type} {Convert.ToBase64String(blob)}";
        });

    private static bool Verifies(PublicKey key, byte[] signature)
    {
        try
        {
            return key.Verifies("text"u8, signature, System.Security.Cryptography.HashAlgorithmName.SHA256);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false; // the caller treats both as a wrong signature
        }
    }
}
