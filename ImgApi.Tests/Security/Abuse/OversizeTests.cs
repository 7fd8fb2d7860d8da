using System.Net.Http.Headers;
using System.Text;
using ImgApi.Api.Http;
using ImgApi.Api.Responses;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Too much of everything: each has a limit, an answer, and a cost that does not grow faster than what was sent.</summary>
[TestFixture]
[Category("Abuse")]
[Category("Slow")]
internal sealed class OversizeTests
{
    private const int Limit = 4 * 1024 * 1024;

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Headers_beyond_32_KiB_are_refused() =>
        Assert.That(await RawAsync("GET", "/ping", $"X-Long: {new string('x', 33 * 1024)}\r\n"), Does.StartWith("HTTP/1.1 431 "));

    [Test]
    public async Task More_than_a_hundred_headers_are_refused() =>
        Assert.That(
            await RawAsync("GET", "/ping", string.Concat(Enumerable.Range(0, 120).Select(i => $"X-{i}: x\r\n"))), Does.StartWith("HTTP/1.1 431 "));

    [Test]
    public async Task A_request_line_beyond_32_KiB_is_refused_and_a_long_one_is_not()
    {
        Assert.That(await RawAsync("GET", "/ping?" + new string('x', 33 * 1024)), Does.StartWith("HTTP/1.1 414 "));
        Assert.That(await RawAsync("GET", "/ping?" + new string('x', 31 * 1024)), Does.StartWith("HTTP/1.1 200 "));
    }

    [Test]
    public async Task A_path_of_slashes_alone_is_answered() =>
        Assert.That(await RawAsync("GET", new string('/', 30 * 1024)), Does.StartWith("HTTP/1.1 301 "));

    [Test]
    public async Task JSON_beyond_4_MiB_is_refused_with_or_without_a_length([Values] bool chunked)
    {
        var body = new ByteArrayContent(Encoding.ASCII.GetBytes("\"" + new string('x', Limit) + "\""));
        var answer = await PostAsync(body, chunked);
        Assert.That((int)answer.Status, Is.EqualTo(413), answer.Text);
        Assert.That(answer.Code, Is.EqualTo("RequestEntityTooLargeError"));
    }

    [Test]
    public async Task JSON_is_read_to_a_depth_of_64_and_no_deeper()
    {
        Assert.That((await PostAsync(Nested(62))).Code, Is.EqualTo("ValidationFailed"));
        Assert.That((await PostAsync(Nested(65))).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync(Nested(1_000_000))).Code, Is.EqualTo("InvalidContent"));
    }

    [TestCase("1e999999")]
    [TestCase("-1e99")]
    [TestCase("99999999999999999999999999999999999999999999")]
    [TestCase("0.1000000000000000000000000000000000000000000000001")]
    public async Task Numbers_that_no_type_holds_are_refused_where_a_number_counts_and_kept_where_it_does_not(string number)
    {
        var zvol = await PostAsync(Json($$"""{"name":"a","version":"1","type":"zvol","os":"other","image_size":{{number}},"nic_driver":"a","disk_driver":"b","cpu_type":"c"}"""));
        Assert.That(zvol.Errors, Is.EqualTo(new[] { "image_size:Invalid" }), zvol.Text);
        var tagged = await PostAsync(Json($$$"""{"name":"a","version":"1","type":"other","os":"other","tags":{"n":{{{number}}}}}"""));
        Assert.That(tagged.Text, Does.Contain($"\"n\": {number}"));
    }

    [TestCase("name")]
    [TestCase("version")]
    [TestCase("description")]
    [TestCase("homepage")]
    [TestCase("owner")]
    [TestCase("os")]
    [TestCase("tags")]
    public async Task A_text_of_2_MiB_is_refused_wherever_it_stands(string key)
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((key, new string('a', 2 * 1024 * 1024))));
        Assert.That((int)answer.Status, Is.EqualTo(422));
        Assert.That(answer.Errors, Has.Some.StartsWith(key));
        Assert.That(answer.Bytes, Has.Length.LessThan(200_000));
    }

    [Test]
    public async Task A_hundred_thousand_unknown_keys_are_refused_and_not_all_told()
    {
        var keys = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1"));
        var answer = await PostAsync(Json($"{{{keys}}}"));
        Assert.That((int)answer.Status, Is.EqualTo(422));
        Assert.That(answer.Bytes, Has.Length.LessThan(100_000));
        Assert.That(answer.Errors, Has.Length.EqualTo(ErrorWriter.MaxFields));
    }

    [Test]
    public void Of_a_query_a_thousand_parameters_count_repeated_ones_too()
    {
        var repeated = string.Join('&', Enumerable.Repeat("a", 1_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var query = WireQuery.Parse(repeated);
        Assert.That(query.Values["a"], Has.Count.EqualTo(1024));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 * 1024 * 1024));
        Assert.That(WireQuery.Parse(string.Join('&', Enumerable.Range(0, 5000))).Values, Has.Count.EqualTo(1024));
    }

    /// <summary>At a cost that grew with the square, it would not end within the hour.</summary>
    [TestCase(";")]
    [TestCase(";a")]
    [TestCase("a=b;")]
    [TestCase("%")]
    [TestCase("+")]
    public void A_form_of_4_MiB_is_read_in_one_go(string piece) =>
        Assert.That(WireQuery.Parse(string.Concat(Enumerable.Repeat(piece, Limit / piece.Length))).Values, Has.Count.LessThanOrEqualTo(1024));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static StringContent Nested(int depth) =>
        Json($"{{\"tags\":{string.Concat(Enumerable.Repeat("[", depth))}{string.Concat(Enumerable.Repeat("]", depth))}}}");

    private Task<Answer> PostAsync(HttpContent body, bool chunked = false)
    {
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return _server.Admin.PostAnswerAsync("/images", body, chunked ? [("Transfer-Encoding", "chunked")] : []);
    }

    private Task<string> RawAsync(string method, string target, string headers = "") =>
        RawHttp.SendAsync(_server.Address, method, target, headers);
}
