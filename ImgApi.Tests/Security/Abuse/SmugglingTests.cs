using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>
/// Requests whose end a proxy could see elsewhere. Each is followed by a whole request that would create an image, the marker. The
/// server answers once, with 400, and closes the connection; no image is created.
/// </summary>
[TestFixture]
[Category("Abuse")]
internal sealed partial class SmugglingTests
{
    private const string Marker = """{"name":"marker","version":"1","type":"other","os":"other"}""";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private const string End = "0\r\n\r\n";

    private TestServer _server = null!;

    private static string Start => $"POST /images HTTP/1.1\r\nHost: x\r\nAuthorization: {TestServer.Basic(TestServer.User, TestServer.Password)}\r\n";

    private static string Smuggled => $"{Start}Content-Length: {Marker.Length}\r\n\r\n{Marker}";

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("Content-Length: 2\r\nContent-Length: 60\r\n", "{}", TestName = "{m}(two lengths)")]
    [TestCase("Content-Length: 2\r\nContent-Length: 2\r\n", "{}", TestName = "{m}(the same length twice)")]
    [TestCase("Content-Length: 2, 2\r\n", "{}", TestName = "{m}(a list of lengths)")]
    [TestCase("Content-Length: 0x2\r\n", "{}", TestName = "{m}(a length in hex)")]
    [TestCase("Content-Length: -1\r\n", "", TestName = "{m}(a negative length)")]
    [TestCase("Content-Length: 2 2\r\n", "{}", TestName = "{m}(a length with a space in it)")]
    [TestCase("Content-Length:\r\n", "", TestName = "{m}(an empty length)")]
    [TestCase("Content-Length: 99999999999999999999\r\n", "", TestName = "{m}(a length beyond 64 bits)")]
    [TestCase("Content-Length : 2\r\n", "{}", TestName = "{m}(a space before the colon of a length)")]
    [TestCase("Content-Length: 5\r\n" + Chunked, End, TestName = "{m}(a length and chunks)")]
    [TestCase(Chunked + "Content-Length: 300\r\n", End, TestName = "{m}(chunks and a length)")]
    [TestCase(Chunked + "X-Content-Length: 300\r\n", End, TestName = "{m}(chunks and the X-Content-Length of Kestrel)")]
    [TestCase("Transfer-Encoding : chunked\r\n", End, TestName = "{m}(a space before the colon of a coding)")]
    [TestCase("Transfer-Encoding:\r\n chunked\r\n", End, TestName = "{m}(a folded coding)")]
    [TestCase("X-Other: a\r\n b\r\n", "", TestName = "{m}(a folded header)")]
    [TestCase("Transfer-Encoding: xchunked\r\n", End, TestName = "{m}(an unknown coding)")]
    [TestCase("Transfer-Encoding: \vchunked\r\n", End, TestName = "{m}(a control character before the coding)")]
    [TestCase("Transfer-Encoding: chunked, chunked\r\n", End, TestName = "{m}(chunks of chunks)")]
    [TestCase("Transfer-Encoding: chunked, identity\r\n", End, TestName = "{m}(chunks inside another coding)")]
    [TestCase("Transfer-Encoding: identity, chunked\r\n", End, TestName = "{m}(another coding in chunks)")]
    [TestCase(Chunked + "Transfer-Encoding: identity\r\n", End, TestName = "{m}(two headers of codings)")]
    [TestCase(Chunked, "0x2\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a chunk size with 0x)")]
    [TestCase(Chunked, "+2\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a chunk size with a plus)")]
    [TestCase(Chunked, "-2\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a negative chunk size)")]
    [TestCase(Chunked, " 2\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a chunk size after a space)")]
    [TestCase(Chunked, "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a chunk size beyond 64 bits)")]
    [TestCase(Chunked, "2\r\n{}XX0\r\n\r\n", TestName = "{m}(a chunk longer than its size)")]
    [TestCase(Chunked, "2\n{}\n0\n\n", TestName = "{m}(chunks with bare line feeds)")]
    [TestCase(Chunked, "2;\nxx\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a bare line feed in a chunk extension)")]
    [TestCase(Chunked, "2;\rxx\r\n{}\r\n0\r\n\r\n", TestName = "{m}(a bare carriage return in a chunk extension)")]
    [TestCase("X-Other: a\nContent-Length: 0\n", "", TestName = "{m}(header lines that end in a bare line feed)")]
    [TestCase("X-Other: a\rContent-Length: 0\r\n", "", TestName = "{m}(a bare carriage return in a header)")]
    [TestCase("X-Other: a\0b\r\n", "", TestName = "{m}(a NUL in a header)")]
    [TestCase(": a\r\n", "", TestName = "{m}(a header without a name)")]
    [TestCase("Host: y\r\n", "", TestName = "{m}(two hosts)")]
    public async Task An_ambiguous_request_is_refused_and_the_bytes_behind_it_are_not_executed(string headers, string body)
    {
        var answer = await RawHttp.SendAsync(_server.Address, $"{Start}{headers}\r\n{body}{Smuggled}");
        await AssertRefusedOnceAsync(answer);
    }

    [Test]
    public async Task Chunks_in_HTTP_1_0_are_refused() =>
        await AssertRefusedOnceAsync(await RawHttp.SendAsync(
            _server.Address, $"{Start.Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal)}{Chunked}\r\n{End}{Smuggled}"));

    [Test]
    public async Task A_request_without_a_host_is_refused() =>
        await AssertRefusedOnceAsync(await RawHttp.SendAsync(
            _server.Address, $"{Start.Replace("Host: x\r\n", "", StringComparison.Ordinal)}\r\n{Smuggled}"));

    [Test]
    public async Task Malformed_chunks_of_an_upload_are_reported_as_an_error_of_the_request()
    {
        await using var server = await TestServer.StartAsync();
        var uuid = await server.Admin.CreateAsync();
        var start = Start.Replace("POST /images", $"PUT /images/{uuid}/file?compression=none", StringComparison.Ordinal);
        foreach (var chunks in (string[])["ffffffff\r\n{}\r\n", "zz\r\n", "2\r\n{}XX"])
        {
            var answer = await RawHttp.SendAsync(server.Address, $"{start}{Chunked}\r\n{chunks}{Smuggled}");
            Assert.That(Statuses(answer), Is.EqualTo(new[] { "400" }), answer);
        }

        Assert.That((await server.Admin.GetAnswerAsync("/images?state=all")).Text, Does.Contain("\"files\": []").And.Not.Contain("marker"));
    }

    [Test]
    public async Task Well_formed_chunks_are_accepted_and_the_request_behind_them_is_executed()
    {
        await using var server = await TestServer.StartAsync();
        var first = Marker.Replace("marker", "first", StringComparison.Ordinal);
        var last = Smuggled.Replace("Content-Length", "Connection: close\r\nContent-Length", StringComparison.Ordinal);
        var answer = await RawHttp.SendAsync(
            server.Address, $"{Start}Transfer-Encoding: Chunked\r\n\r\n{first.Length:x};a=b\r\n{first}\r\n0\r\nX-Trailer: a\r\n\r\n{last}");
        Assert.That(Statuses(answer), Is.EqualTo(new[] { "200", "200" }), answer);
        Assert.That((await server.Admin.GetAnswerAsync("/images?state=all")).Text, Does.Contain("first").And.Contain("marker"));
    }

    private static string[] Statuses(string answer) => [.. StatusLine.Matches(answer).Select(match => match.Groups[1].Value)];

    private async Task AssertRefusedOnceAsync(string answer)
    {
        Assert.That(Statuses(answer), Is.EqualTo(new[] { "400" }), answer);
        Assert.That((await _server.Admin.GetAnswerAsync("/images?state=all")).Text, Is.EqualTo("[]"));
    }

    [GeneratedRegex(@"HTTP/1\.1 (\d{3}) ")]
    private static partial Regex StatusLine { get; }
}
