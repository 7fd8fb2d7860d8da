using ImgApi.Api.Authentication;

namespace ImgApi.Tests.Unit.Api.Authentication;

[TestFixture]
internal sealed class SignatureHeaderTests
{
    [TestCase(" keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\"")]
    [TestCase("  keyId = \"bob\" ,  algorithm=\"rsa-sha256\", signature= \"YQ==\" ")]
    [TestCase(" signature=\"YQ==\",other=\"\",algorithm=\"rsa-sha256\",keyId=\"bob\",")]
    public void Parameters_are_read_in_any_order_with_or_without_spaces(string text)
    {
        Assert.That(SignatureHeader.TryParse(text, out var header), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(header!.Value("keyId"), Is.EqualTo("bob"));
            Assert.That(header.Value("algorithm"), Is.EqualTo("rsa-sha256"));
            Assert.That(header.Value("signature"), Is.EqualTo("YQ=="));
            Assert.That(header.Value("other"), Is.Null);
            Assert.That(header.Value("headers"), Is.Null);
        });
    }

    [TestCase("")]
    [TestCase("   ")]
    public void A_header_without_parameters_is_accepted(string text) => Assert.That(SignatureHeader.TryParse(text, out _), Is.True);

    [Test]
    public void A_value_is_kept_verbatim()
    {
        Assert.That(SignatureHeader.TryParse("keyId=\" a, b='\\ = é \"", out var header), Is.True);
        Assert.That(header!.Value("keyId"), Is.EqualTo(" a, b='\\ = é "));
    }

    [TestCase("keyId")]
    [TestCase("keyId=")]
    [TestCase("keyId=bob")]
    [TestCase("keyId=\"bob")]
    [TestCase("=\"bob\"")]
    [TestCase("key-Id=\"bob\"")]
    [TestCase("key Id=\"bob\"")]
    [TestCase("keyId=\"bob\"x")]
    [TestCase("keyId=\"bob\" algorithm=\"x\"")]
    [TestCase("keyId=\"bob\",,algorithm=\"x\"")]
    [TestCase(",keyId=\"bob\"")]
    [TestCase("keyId=\"bob\",keyId=\"alice\"")]
    [TestCase("\"\"\"\"\"\"")]
    public void A_malformed_header_is_refused(string text) => Assert.That(SignatureHeader.TryParse(text, out _), Is.False);

    [Test]
    public void A_header_beyond_8_KiB_is_refused() =>
        Assert.That(SignatureHeader.TryParse($"keyId=\"{new string('x', 8192)}\"", out _), Is.False);

    [Test]
    public void A_header_with_more_than_16_parameters_is_refused()
    {
        var many = Enumerable.Range(0, 17).Select(i => $"{(char)('a' + i)}=\"\"");
        Assert.That(SignatureHeader.TryParse(string.Join(',', many), out _), Is.False);
    }

    [Test]
    public void A_random_header_never_throws()
    {
        var random = new Random(1);
        const string Letters = "aZ=\",  \t\0é\\-";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string(random.GetItems<char>(Letters, random.Next(40)));
            Assert.DoesNotThrow(() => SignatureHeader.TryParse(text, out _));
        }
    }
}
