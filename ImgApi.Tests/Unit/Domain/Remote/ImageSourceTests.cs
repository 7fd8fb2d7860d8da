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
    public void A_source_is_normalized_in_requests_and_when_it_is_shown(string url, string ping, string shown)
    {
        var source = Parse(url);
        Assert.That((source.Resource("/ping").AbsoluteUri, $"{source}"), Is.EqualTo((ping, shown)));
    }

    [TestCase("http://me:a%3Ab%40c@h/x?channel=d", "me:a:b@c")]
    [TestCase("http://me@h", "me")]
    [TestCase("http://h", null)]
    public void The_credentials_of_a_source_are_unescaped(string url, string? credentials) =>
        Assert.That(Parse(url).Credentials, Is.EqualTo(credentials));

    [TestCase("http://me:a%3Ab%40c@h/x?channel=d")]
    [TestCase("http://me@h")]
    [TestCase("http://h")]
    public void The_secret_url_of_a_source_leads_back_to_it(string url)
    {
        var source = Parse(url);
        Assert.That(Parse(source.ToSecretUrl()), Is.EqualTo(source));
    }

    [TestCase("http://me:a%3Ab%40c@h/x?channel=d")]
    [TestCase("http://me@h")]
    public void The_credentials_of_a_source_are_not_shown(string url) => Assert.That($"{Parse(url)}", Does.Not.Contain("me"));

    [Test]
    public void The_account_of_a_source_is_added_to_the_query() => Assert.That(
        (Parse("http://h?channel=c") with { Account = Account }).Resource("/x").Query, Is.EqualTo($"?account={Account}&channel=c"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("h")]
    [TestCase("/etc/passwd")]
    [TestCase("file:///etc/passwd")]
    [TestCase("gopher://h")]
    [TestCase("http:///x")]
    [TestCase("http://h:99999")]
    [TestCase("http:")]
    [TestCase("file://\u202e")]
    [TestCase("http://\u202e")]
    public void A_source_that_is_not_an_http_url_is_refused(string? url) => Assert.That(ImageSource.TryParse(url, out _), Is.False);
}
