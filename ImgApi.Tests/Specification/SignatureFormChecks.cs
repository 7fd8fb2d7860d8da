using System.Globalization;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>The forms that a signature can have, beyond those of the checklist (contract 7.3).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class SignatureFormChecks : SignatureFixture
{
    // The client package refuses SHA-384 and its signing library does not, so these cases use the library.
    [TestCase("rsa", null, false)]
    [TestCase("rsa", "rsa-sha512", false)]
    [TestCase("ecdsa-256", null, false)]
    [TestCase("ecdsa-256", "ecdsa-sha512", false)]
    [TestCase("ecdsa-384", "ecdsa-sha384", true)]
    [TestCase("ecdsa-384", "ecdsa-sha256", false)]
    [TestCase("ecdsa-521", null, false)]
    [TestCase("ed25519", null, false)]
    [TestCase("rsa", "rsa-sha1", true)]
    [TestCase("rsa", "rsa-sha256", true)]
    public async Task A_signature_with_any_type_of_ssh_key_is_accepted(string key, string? algorithm, bool joyent)
    {
        var answer = await SendAsync(key, "carol", algorithm, joyent: joyent);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Json.GetProperty("user").GetString(), Is.EqualTo("carol"));
        AssertUnauthorized(await SendAsync(key == "rsa" ? Stranger : key, "bob", algorithm, joyent: joyent), "Unauthorized");
    }

    [TestCase("date", "(request-target)")]
    [TestCase("request-line", "date")]
    [TestCase("Date", "HOST", "x-two")]
    public async Task More_than_the_date_can_be_signed(params string[] headers)
    {
        var answer = await SendAsync(url: "/images?name=a%20b&state=active", headers: headers);
        Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);
    }

    [TestCase("(request-target)", "GET", "/images?x=1", "GET", "/images?x=2")]
    [TestCase("(request-target)", "GET", "/images", "HEAD", "/images")]
    [TestCase("request-line", "GET", "/images?x=1", "GET", "/images?x=2")]
    public async Task A_signature_of_one_request_is_refused_on_another(string name, string method, string url, string otherMethod, string otherUrl)
    {
        var sent = new Dictionary<string, string> { ["date"] = Date() };
        var key = await SshKeys.PrivateAsync(Bob);
        var header = await JoyentSigner.SignAsync(new(key, "bob", method, url, sent, Headers: ["date", name]));
        Assert.That(await StatusAsync(method, url), Is.EqualTo(200));
        Assert.That(await StatusAsync(otherMethod, otherUrl), Is.EqualTo(401));

        async Task<int> StatusAsync(string usedMethod, string usedUrl) => (int)(await Anonymous.AnswerAsync(
            new HttpMethod(usedMethod), usedUrl, null, ("Date", sent["date"]), ("Authorization", header))).Status;
    }

    [Test]
    public async Task A_signed_x_date_counts_instead_of_the_date()
    {
        var header = await SignAsync("x-date", Date());
        Assert.That((int)(await PingAsync(("x-date", Date()), ("Authorization", header))).Status, Is.EqualTo(200));
        Assert.That((int)(await PingAsync(("x-date", Date()), ("Date", Date(-9999)), ("Authorization", header))).Status, Is.EqualTo(200));
        var iso = Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Assert.That((int)(await PingAsync(("x-date", iso), ("Authorization", await SignAsync("x-date", iso)))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_fresh_x_date_does_not_revive_an_old_signature()
    {
        var header = await SignAsync("date", Date(-9999));
        AssertUnauthorized(
            await PingAsync(("Date", Date(-9999)), ("x-date", Date()), ("Authorization", header)),
            "clock skew of 9999s was greater than 300s");
    }

    [TestCase("never")]
    [TestCase("12:00")]
    [TestCase("1763953791")]
    public async Task An_x_date_that_is_not_a_date_is_refused(string date) =>
        AssertUnauthorized(
            await PingAsync(("x-date", date), ("Authorization", await SignAsync("x-date", date))), "x-date is not a date");

    [TestCase("keyId=bob", "bad param format")]
    [TestCase("", "keyId was not specified")]
    [TestCase("algorithm=\"rsa-sha256\"", "keyId was not specified")]
    [TestCase("keyId=\"bob\"", "algorithm was not specified")]
    [TestCase("keyId=\"bob\",algorithm=\"x\"", "signature was not specified")]
    [TestCase("keyId=\"bob\",algorithm=\"rsa-md5\",signature=\"YQ==\",headers=\"x-none\"", "rsa-md5 is not supported")]
    [TestCase("keyId=\"bob\",algorithm=\"hs2019\",signature=\"YQ==\"", "hs2019 is not supported")]
    [TestCase("keyId=\"bob\",algorithm=\"hmac-sha256\",signature=\"YQ==\",headers=\"x-none\"", "x-none was not in the request")]
    [TestCase("keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\",headers=\"host\"", "date was not a signed header")]
    [TestCase("keyId=\"bob\",algorithm=\"hmac-sha256\",signature=\"YQ==\",headers=\"host\"", "date was not a signed header")]
    [TestCase("keyId=\"constructor\",algorithm=\"rsa-sha256\",signature=\"YQ==\"", "Unauthorized")]
    [TestCase("keyId=\"__proto__\",algorithm=\"rsa-sha256\",signature=\"YQ==\"", "Unauthorized")]
    [TestCase("keyId=\"../bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\"", "Unauthorized")]
    [TestCase("keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"not base64\"", "Unauthorized")]
    [TestCase("keyId=\"bob\",algorithm=\"RSA-SHA256\",signature=\"YQ==\"", "Unauthorized")]
    [TestCase("keyId=\"bob\",algorithm=\"ed25519\",signature=\"YQ==\"", "Unauthorized")]
    public async Task The_message_names_the_first_error_of_a_signature(string parameters, string message) =>
        AssertUnauthorized(await PingAsync(("Date", Date()), ("Authorization", $"Signature {parameters}".TrimEnd())), message);

    [Test]
    public async Task Spaces_between_parameters_do_not_matter()
    {
        var header = (await SignAsync("date", Date())).Replace(",", " , ", StringComparison.Ordinal);
        Assert.That((int)(await PingAsync(("Date", Date()), ("Authorization", header))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Too_many_signed_headers_are_refused()
    {
        var names = string.Join(' ', Enumerable.Repeat("date", 33));
        AssertUnauthorized(
            await PingAsync(
                ("Date", Date()), ("Authorization", $"Signature keyId=\"bob\",algorithm=\"rsa-sha256\",signature=\"YQ==\",headers=\"{names}\"")),
            "bad param format");
    }

    [Test]
    public async Task Failed_signatures_do_not_lock_out_others()
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.That((int)(await PingAsync(("Authorization", "Signature"))).Status, Is.EqualTo(401), "a signature cannot be guessed, so failures are not throttled");
        }

        Assert.That((int)(await SendAsync()).Status, Is.EqualTo(200));
    }

    private static async Task<string> SignAsync(string header, string date) => await JoyentSigner.SignAsync(
        new(await SshKeys.PrivateAsync(Bob), "bob", "GET", "/ping", new() { [header] = date }, Headers: [header]));
}
