using System.Text.RegularExpressions;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>
/// Requests whose end another reader could see elsewhere. Behind each comes a whole request that would create an image: the
/// marker. The server answers once, with 400, and closes; nothing is created.
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

    [TestCase("Content-Length: 2\r\nContent-Length: 60\r\n", "{}", TestName = "Two_lengths")]
    [TestCase("Content-Length: 2\r\nContent-Length: 2\r\n", "{}", TestName = "The_same_length_twice")]
    [TestCase("Content-Length: 2, 2\r\n", "{}", TestName = "A_list_of_lengths")]
    [TestCase("Content-Length: 0x2\r\n", "{}", TestName = "A_length_in_hex")]
    [TestCase("Content-Length: -1\r\n", "", TestName = "A_negative_length")]
    [TestCase("Content-Length: 2 2\r\n", "{}", TestName = "A_length_with_a_space_in_it")]
    [TestCase("Content-Length:\r\n", "", TestName = "An_empty_length")]
    [TestCase("Content-Length: 99999999999999999999\r\n", "", TestName = "A_length_that_no_number_holds")]
    [TestCase("Content-Length : 2\r\n", "{}", TestName = "A_space_before_the_colon_of_a_length")]
    [TestCase("Content-Length: 5\r\n" + Chunked, End, TestName = "A_length_and_chunks")]
    [TestCase(Chunked + "Content-Length: 300\r\n", End, TestName = "Chunks_and_a_length")]
    [TestCase(Chunked + "X-Content-Length: 300\r\n", End, TestName = "Chunks_and_what_the_framework_calls_an_overruled_length")]
    [TestCase("Transfer-Encoding : chunked\r\n", End, TestName = "A_space_before_the_colon_of_a_coding")]
    [TestCase("Transfer-Encoding:\r\n chunked\r\n", End, TestName = "A_folded_coding")]
    [TestCase("X-Other: a\r\n b\r\n", "", TestName = "A_folded_header")]
    [TestCase("Transfer-Encoding: xchunked\r\n", End, TestName = "An_unknown_coding")]
    [TestCase("Transfer-Encoding: \vchunked\r\n", End, TestName = "A_control_character_before_the_coding")]
    [TestCase("Transfer-Encoding: chunked, chunked\r\n", End, TestName = "Chunks_of_chunks")]
    [TestCase("Transfer-Encoding: chunked, identity\r\n", End, TestName = "Chunks_inside_another_coding")]
    [TestCase("Transfer-Encoding: identity, chunked\r\n", End, TestName = "Another_coding_in_chunks")]
    [TestCase(Chunked + "Transfer-Encoding: identity\r\n", End, TestName = "Two_headers_of_codings")]
    [TestCase(Chunked, "0x2\r\n{}\r\n0\r\n\r\n", TestName = "A_chunk_size_with_0x")]
    [TestCase(Chunked, "+2\r\n{}\r\n0\r\n\r\n", TestName = "A_chunk_size_with_a_plus")]
    [TestCase(Chunked, "-2\r\n{}\r\n0\r\n\r\n", TestName = "A_negative_chunk_size")]
    [TestCase(Chunked, " 2\r\n{}\r\n0\r\n\r\n", TestName = "A_chunk_size_after_a_space")]
    [TestCase(Chunked, "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", TestName = "A_chunk_size_that_no_number_holds")]
    [TestCase(Chunked, "2\r\n{}XX0\r\n\r\n", TestName = "A_chunk_that_goes_on_after_its_end")]
    [TestCase(Chunked, "2\n{}\n0\n\n", TestName = "Chunks_with_bare_line_feeds")]
    [TestCase(Chunked, "2;\nxx\r\n{}\r\n0\r\n\r\n", TestName = "A_bare_line_feed_in_a_chunk_extension")]
    [TestCase(Chunked, "2;\rxx\r\n{}\r\n0\r\n\r\n", TestName = "A_bare_carriage_return_in_a_chunk_extension")]
    [TestCase("X-Other: a\nContent-Length: 0\n", "", TestName = "Header_lines_that_end_in_a_bare_line_feed")]
    [TestCase("X-Other: a\rContent-Length: 0\r\n", "", TestName = "A_bare_carriage_return_in_a_header")]
    [TestCase("X-Other: a\0b\r\n", "", TestName = "A_NUL_in_a_header")]
    [TestCase(": a\r\n", "", TestName = "A_header_without_a_name")]
    [TestCase("Host: y\r\n", "", TestName = "Two_hosts")]
    public async Task Is_refused_and_nothing_behind_it_is_done(string headers, string body)
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
    public async Task Bad_chunks_of_an_upload_are_the_callers_fault_and_not_the_disks()
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
    public async Task Chunks_in_good_order_are_taken_and_so_is_the_request_behind_them()
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
