using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Some response headers repeat text of the request. No such text can end a header and begin another.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed class HeaderInjectionTests
{
    private const string Evil = "X-Evil";

    private static readonly string[] Breaks =
        ["%0d%0aX-Evil:%201", "%0aX-Evil:%201", "%0dX-Evil:%201", "%c4%8d%c4%8aX-Evil:1", "%e5%98%8a%e5%98%8dX-Evil:1", "%00X-Evil:1", "%E2%80%A8X-Evil:1"];

    private TestServer _server = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _uuid = await _server.Admin.PublishAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCaseSource(nameof(Breaks))]
    public async Task A_path_or_query_cannot_inject_a_header(string text)
    {
        foreach (var target in (string[])
            [$"/datasets/{text}", $"/datasets/a:{text}", $"/datasets/a:b:c:{text}", $"/{text}", $"/images/{text}", $"/images?name={text}", $"/ping?error={text}", $"/docs?{text}"])
        {
            AssertClean(await RawHttp.SendAsync(_server.Address, "GET", target), target);
        }
    }

    [TestCase("x-request-id", "a\rX-Evil: 1")]
    [TestCase("x-request-id", "a\u0000X-Evil: 1")]
    [TestCase("request-id", "a\tb")]
    [TestCase("request-id", "a b: X-Evil")]
    [TestCase("Range", "bytes=0-1\rX-Evil: 1")]
    [TestCase("Range", "bytes=99999999999999999999-")]
    [TestCase("Range", "bytes=9-")]
    [TestCase("If-Range", "\u000bX-Evil")]
    [TestCase("accept-version", "\u000cX-Evil")]
    [TestCase("Expect", "X-Evil\r")]
    public async Task A_request_header_cannot_inject_a_response_header(string name, string value) =>
        AssertClean(await RawHttp.SendAsync(_server.Address, "GET", $"/images/{_uuid}/file", $"{name}: {value}\r\n"), value);

    [TestCase("evil.example/X-Evil")]
    [TestCase("a b")]
    [TestCase("a\tb")]
    [TestCase("[::1")]
    [TestCase("")]
    [TestCase("user@evil.example")]
    public async Task A_host_cannot_inject_a_header_or_a_redirect(string host)
    {
        var login = TestServer.Basic(TestServer.User, TestServer.Password);
        var answer = await RawHttp.SendAsync(
            _server.Address,
            $"POST /images/{Guid.NewGuid()}?action=import-remote&source=http://127.0.0.1:1 HTTP/1.1\r\nHost: {host}\r\nAuthorization: {login}\r\nConnection: close\r\n\r\n");
        Assert.That(Head(answer), Does.Not.Contain("evil"));
        Assert.That(answer, Does.Match("^HTTP/1.1 (400|503) "));
    }

    [Test]
    public async Task A_request_id_with_a_space_is_replaced()
    {
        var answer = await RawHttp.SendAsync(_server.Address, "GET", "/ping", "x-request-id: two words\r\n");
        Assert.That(answer, Does.Match(@"x-request-id: [0-9a-f-]{36}\r\n"));
    }

    private static string Head(string answer) => answer.Split("\r\n\r\n", 2)[0];

    private static void AssertClean(string answer, string sent)
    {
        var lines = Head(answer).Split('\r', '\n');
        Assert.That(lines, Has.None.StartsWith(Evil), sent);
        Assert.That(lines[0], Does.Match("^HTTP/1.1 (20[06]|301|4..) "), sent);
    }
}
