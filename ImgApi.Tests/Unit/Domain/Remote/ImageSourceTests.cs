using ImgApi.Domain.Remote;

namespace ImgApi.Tests.Unit.Domain.Remote;

[TestFixture]
internal sealed class ImageSourceTests
{
    private static readonly Uuid Account = Uuid.Parse("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa");

    private static ImageSource Parse(string url) => ImageSource.TryParse(url, out var source) ? source : throw new FormatException(url);

    [TestCase("http://h", "http://h/ping", "http://h")]
    [TestCase("http://h:80/", "http://h/ping", "http://h")]
    [TestCase("HTTPS://H:8443/a/b//", "https://h:8443/a/b/ping", "https://h:8443/a/b")]
    [TestCase("http://u:p@h/a?channel=c", "http://h/a/ping?channel=c", "http://h/a?channel=c")]
    [TestCase("http://h?x=1&channel=a%26b&y#z", "http://h/ping?channel=a%26b", "http://h?channel=a%26b")]
    [TestCase("http://h?channel=", "http://h/ping", "http://h")]
    [TestCase("http://[::1]:1/", "http://[::1]:1/ping", "http://[::1]:1")]
    [TestCase("http://0x7f.1/", "http://127.0.0.1/ping", "http://127.0.0.1")]
    public void A_url_is_taken_apart(string url, string ping, string shown)
    {
        var source = Parse(url);
        Assert.That(source.Resource("/ping").AbsoluteUri, Is.EqualTo(ping));
        Assert.That($"{source}", Is.EqualTo(shown));
    }

    [TestCase("http://me:a%3Ab%40c@h/x?channel=d", "me:a:b@c")]
    [TestCase("http://me@h", "me")]
    [TestCase("http://h", null)]
    public void Secrets_are_kept_and_not_shown(string url, string? credentials)
    {
        var source = Parse(url);
        Assert.That(source.Credentials, Is.EqualTo(credentials));
        Assert.That(Parse(source.ToSecretUrl()), Is.EqualTo(source));
        Assert.That($"{source}", Does.Not.Contain("me"));
    }

    [TestCase("file://\u202e")]
    [TestCase("http://\u202e")]
    [TestCase("http:")]
    [TestCase("")]
    [TestCase(null)]
    public void What_is_not_a_url_of_the_web_is_refused(string? url) => Assert.That(ImageSource.TryParse(url, out _), Is.False);

    [Test]
    public void An_account_goes_along() => Assert.That(
        (Parse("http://h?channel=c") with { Account = Account }).Resource("/x").Query, Is.EqualTo($"?account={Account}&channel=c"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("h")]
    [TestCase("/etc/passwd")]
    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://h")]
    [TestCase("http:///x")]
    [TestCase("http://h:99999")]
    public void Anything_else_is_no_source(string? url) => Assert.That(ImageSource.TryParse(url, out _), Is.False);
}
