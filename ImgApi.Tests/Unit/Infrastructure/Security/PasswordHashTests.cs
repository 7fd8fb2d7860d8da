using ImgApi.Infrastructure.Security;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

[TestFixture]
[Category("Slow")]
internal sealed class PasswordHashTests
{
    // Made with Python: hashlib.pbkdf2_hmac("sha512", "sécret".encode(), b"0123456789abcdef", 10000, 32)
    private const string Known = "$pbkdf2-sha512$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$6FDM5OkcTEMwUnE+kMS4w2cwEzIvxYuP7AY/hNzuVZ4";

    [Test]
    public void A_hash_matches_its_password_only()
    {
        var hash = PasswordHash.Create("secret", iterations: 20_000);
        Assert.That(PasswordHash.TryParse(hash.ToString(), out var read), Is.True);
        Assert.That((read!.Matches("secret"), read.Matches("Secret"), read.Matches("")), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void A_new_hash_has_600000_iterations() => Assert.That(
        PasswordHash.Create("secret").ToString(), Does.Match(@"^\$pbkdf2-sha512\$i=600000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"));

    [Test]
    public void Two_hashes_of_a_password_differ() => Assert.That(
        PasswordHash.Create("secret", iterations: 10_000).ToString(),
        Is.Not.EqualTo(PasswordHash.Create("secret", iterations: 10_000).ToString()));

    [Test]
    public void A_hash_of_another_program_matches_its_password_only()
    {
        Assert.That(PasswordHash.TryParse(Known, out var hash), Is.True);
        Assert.That((hash!.Matches("sécret"), hash.Matches("secret")), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_decoy_matches_no_password()
    {
        Assert.That(PasswordHash.TryParse(Known, out var hash), Is.True);
        Assert.That(PasswordHash.Decoy(hash!.Cost).Matches("sécret"), Is.False);
    }

    [TestCase("secret")]
    [TestCase("")]
    [TestCase("$pbkdf2-sha512$")]
    [TestCase("$pbkdf2-sha512$i=600000$MDEyMzQ1Njc4OWFiY2RlZg")]
    [TestCase("$pbkdf2-sha512$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$short")]
    [TestCase("$pbkdf2-sha512$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$!DEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    [TestCase("$pbkdf2-sha512$i=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    [TestCase("$pbkdf2-sha512$i=2000000000$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    [TestCase("$pbkdf2-sha512$i=600000$$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    [TestCase("$pbkdf2-sha512$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY$")]
    [TestCase("$pbkdf2-sha512$x=600000$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY")]
    public void A_malformed_hash_is_refused(string text) => Assert.That(PasswordHash.TryParse(text, out _), Is.False);
}
