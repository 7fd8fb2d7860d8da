using System.Net.Http.Headers;
using System.Text;
using ImgApi.Api.Http;
using ImgApi.Api.Responses;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Too much of everything: each part of a request has a limit, an error, and a cost that is linear in its size.</summary>
[TestFixture]
[Category("Abuse")]
[Category("Slow")]
internal sealed class OversizeTests
{
    private const int Limit = 4 * 1024 * 1024;

    private static readonly string[] HugeNumbers =
        ["1e999999", "-1e99", "99999999999999999999999999999999999999999999", "0.1000000000000000000000000000000000000000000000001"];

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
    public async Task A_request_line_beyond_32_KiB_is_refused() =>
        Assert.That(await RawAsync("GET", "/ping?" + new string('x', 33 * 1024)), Does.StartWith("HTTP/1.1 414 "));

    [Test]
    public async Task A_request_line_below_32_KiB_is_accepted() =>
        Assert.That(await RawAsync("GET", "/ping?" + new string('x', 31 * 1024)), Does.StartWith("HTTP/1.1 200 "));

    [Test]
    public async Task A_path_of_30_KiB_of_slashes_is_redirected() =>
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
    public async Task JSON_within_64_levels_is_read() => Assert.That((await PostAsync(Nested(62))).Code, Is.EqualTo("ValidationFailed"));

    [TestCase(65)]
    [TestCase(1_000_000)]
    public async Task JSON_beyond_64_levels_is_refused(int depth) => Assert.That((await PostAsync(Nested(depth))).Code, Is.EqualTo("InvalidContent"));

    [TestCaseSource(nameof(HugeNumbers))]
    public async Task A_number_beyond_every_type_is_refused_in_a_numeric_field(string number)
    {
        var zvol = await PostAsync(Json($$"""{"name":"a","version":"1","type":"zvol","os":"other","image_size":{{number}},"nic_driver":"a","disk_driver":"b","cpu_type":"c"}"""));
        Assert.That(zvol.Errors, Is.EqualTo(new[] { "image_size:Invalid" }), zvol.Text);
    }

    [TestCaseSource(nameof(HugeNumbers))]
    public async Task A_number_beyond_every_type_is_kept_in_a_tag(string number)
    {
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
    public async Task A_text_of_2_MiB_is_refused_in_any_field(string key)
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest((key, new string('a', 2 * 1024 * 1024))));
        Assert.That((int)answer.Status, Is.EqualTo(422));
        Assert.That(answer.Errors, Has.Some.StartsWith(key));
        Assert.That(answer.Bytes, Has.Length.LessThan(200_000));
    }

    [Test]
    public async Task A_hundred_thousand_unknown_fields_are_refused_with_a_short_error()
    {
        var keys = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1"));
        var answer = await PostAsync(Json($"{{{keys}}}"));
        Assert.That((int)answer.Status, Is.EqualTo(422));
        Assert.That(answer.Bytes, Has.Length.LessThan(100_000));
        Assert.That(answer.Errors, Has.Length.EqualTo(ErrorWriter.MaxFields));
    }

    [Test]
    public void A_query_is_read_up_to_1024_parameters() =>
        Assert.That(WireQuery.Parse(string.Join('&', Enumerable.Range(0, 5000))).Values, Has.Count.EqualTo(1024));

    [Test]
    public void A_repeated_parameter_is_read_up_to_1024_times_in_bounded_memory()
    {
        var repeated = string.Join('&', Enumerable.Repeat("a", 1_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var query = WireQuery.Parse(repeated);
        Assert.That(query.Values["a"], Has.Count.EqualTo(1024));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 * 1024 * 1024));
    }

    /// <summary>With a quadratic cost, the test would not end within an hour.</summary>
    [TestCase(";")]
    [TestCase(";a")]
    [TestCase("a=b;")]
    [TestCase("%")]
    [TestCase("+")]
    public void A_form_of_4_MiB_is_read_in_linear_time(string piece) =>
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
