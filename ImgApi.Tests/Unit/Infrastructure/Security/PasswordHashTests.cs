using ImgApi.Infrastructure.Security;

namespace ImgApi.Tests.Unit.Infrastructure.Security;

[TestFixture]
[Category("Slow")]
internal sealed class PasswordHashTests
{
    // Made with Python: hashlib.pbkdf2_hmac("sha512", "sécret".encode(), b"0123456789abcdef", 10000, 32)
    private const string Known = "$pbkdf2-sha512$i=10000$MDEyMzQ1Njc4OWFiY2RlZg$6FDM5OkcTEMwUnE+kMS4w2cwEzIvxYuP7AY/hNzuVZ4";

    [Test]
    public void A_hash_is_that_of_its_password_only()
    {
        var hash = PasswordHash.Create("secret", iterations: 20_000);
        Assert.That(PasswordHash.TryParse(hash.ToString(), out var read), Is.True);
        Assert.That(read!.Matches("secret"), Is.True);
        Assert.That(read.Matches("Secret"), Is.False);
        Assert.That(read.Matches(""), Is.False);
    }

    [Test]
    public void Two_hashes_of_a_password_differ_and_are_slow_to_try()
    {
        var text = PasswordHash.Create("secret").ToString();
        Assert.That(text, Does.Match(@"^\$pbkdf2-sha512\$i=600000\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"));
        Assert.That(text, Is.Not.EqualTo(PasswordHash.Create("secret").ToString()));
    }

    [Test]
    public void A_hash_of_another_program_works()
    {
        Assert.That(PasswordHash.TryParse(Known, out var hash), Is.True);
        Assert.That(hash!.Matches("sécret"), Is.True);
        Assert.That(hash.Matches("secret"), Is.False);
        Assert.That(PasswordHash.Decoy(hash.Cost).Matches("sécret"), Is.False);
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
    public void What_has_not_the_form_is_no_hash(string text) => Assert.That(PasswordHash.TryParse(text, out _), Is.False);
}
