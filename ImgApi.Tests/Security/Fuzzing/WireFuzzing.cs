using System.Globalization;
using CsCheck;
using ImgApi.Api.Binding;
using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Api.Json;
using ImgApi.Domain.Manifests;
using Microsoft.AspNetCore.Http;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Random queries, request targets and headers are read or refused.</summary>
[TestFixture]
[Category("Fuzz")]
internal sealed class WireFuzzing
{
    private static readonly string[] Queries =
    [
        "", "a=b&c=d", "sha1=0;compression=gzip", "name=~base&state=all&limit=2&marker=2015-01-02", "tag.role=db&tag.n=5", "sort=published_at.desc",
        "account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "billing_tag=x&billing_tag=y", "public=true", "limit=0x10&limit=1e3", "q=%e2%82%ac+%2B",
    ];

    private static readonly string[] Dates =
        ["Mon, 23 Nov 2026 03:10:01 GMT", "Monday, 23-Nov-26 03:10:01 GMT", "Mon Nov 23 03:10:01 2026", "2026-11-23T03:10:01Z", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT"];

    private static readonly string[] Ranges = ["bytes=0-1", "bytes=5-", "bytes=-5", "bytes=0-1,3-4", "bytes=9223372036854775807-", "bytes=-9223372036854775807", "lines=1-2", "bytes="];

    private static readonly string[] Tags = ["*", "\"a\"", "W/\"a\"", "a, b", "\"a\", W/\"b\", *", "99a420eadc25e8fdafb373e94ac2a5b57b9e5b35"];

    private static Gen<string> Query { get; } = Gen.OneOf(Inputs.Mutated(Queries), Inputs.Noise);

    [Test]
    public void A_random_query_is_read() => Fuzz.Check(Query, text =>
    {
        var query = WireQuery.Parse(text);
        foreach (var name in query.Values.Keys)
        {
            Assert.That(query.Text(name), Is.Not.Null);
        }
    });

    [Test]
    public void An_escaped_parameter_is_unescaped_to_the_same_text() => Fuzz.Check(
        Gen.Select(Gen.String[Gen.Char[' ', '\ud7ff'], 1, 8], Gen.String[Gen.Char[' ', '\ud7ff'], 0, 20]), pair =>
        {
            var (name, value) = pair;
            var query = WireQuery.Parse($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
            Assert.That(query.Text(name), Is.EqualTo(value));
        });

    [Test]
    public void A_random_query_of_a_list_is_read_or_refused() => Fuzz.OnlyRefuses<(string Query, bool Trusted), ImgApiException>(
        Gen.Select(Query, Gen.Bool), input =>
        {
            var query = WireQuery.Parse(input.Query);
            ListQueryReader.Read(Parameters(query), query, input.Trusted);
        });

    [Test]
    public void A_random_parameter_of_a_list_is_read_or_refused() => Fuzz.OnlyRefuses<(string, string, string, string, string), ImgApiException>(
        Gen.Select(Value("1", "0x1f", "1e3"), Value("published_at", "published_at.desc"), Value("2015-01-02", "2015-01-02T03:04:05.123Z"), Value("all"), Value("true")),
        input =>
        {
            var (limit, sort, marker, state, isPublic) = input;
            ListQueryReader.Read(
                new ListImagesParameters { Limit = limit, Sort = sort, Marker = marker, State = state, Public = isPublic }, WireQuery.Parse(""), isTrusted: true);
        });

    [Test]
    public void A_decoded_path_has_the_same_number_of_slashes() => Fuzz.Check(Gen.OneOf(Inputs.Mutated("/images/%2e%2e%2f", "/datasets/a%3ab", "/%e2%82%ac"), Inputs.Noise), text =>
    {
        if (RawTarget.TryDecode(text, out var decoded) && !text.Contains("%25", StringComparison.Ordinal))
        {
            Assert.That(decoded.Count(letter => letter == '/'), Is.EqualTo(text.Count(letter => letter == '/')));
        }
    });

    [Test]
    public void A_random_version_range_is_negotiated_or_refused() => Fuzz.OnlyRefuses<string, ImgApiException>(
        Gen.OneOf(Inputs.Mutated("~1", "1.x || >=2.5.0 || 5.0.0 - 7.2.3", "^1.2.3-beta.4+build", "*", "<=2", "=1.0.0", ">1 <3", "1.0.0 - 2.0.0"), Inputs.Noise), text =>
        {
            var request = Request();
            request.Headers["accept-version"] = text;
            ApiVersion.Negotiate(request);
        });

    [Test]
    public void A_resolved_range_is_within_the_content() => Fuzz.Check(
        Gen.Select(Gen.OneOf(Inputs.Mutated(Ranges), Inputs.Noise), Gen.OneOf(Inputs.Mutated([.. Tags, .. Dates]), Gen.Const("")), Gen.Long[0, long.MaxValue]), input =>
        {
            var (range, ifRange, length) = input;
            var request = Request();
            request.Headers.Range = range;
            request.Headers.IfRange = ifRange;
            if (ByteRange.Of(request, "a", DateTimeOffset.UnixEpoch)?.Resolve(length) is var (offset, count))
            {
                Assert.That(offset, Is.InRange(0L, length - 1));
                Assert.That(count, Is.InRange(1L, length - offset));
            }
        });

    [Test]
    public void Random_preconditions_are_evaluated_or_refused() => Fuzz.OnlyRefuses<(string, string, string, string), ImgApiException>(
        Gen.Select(Condition(Tags), Condition(Tags), Condition(Dates), Condition(Dates)), input =>
        {
            var request = Request();
            (request.Headers.IfMatch, request.Headers.IfNoneMatch, request.Headers.IfModifiedSince, request.Headers.IfUnmodifiedSince) = input;
            Preconditions.IsNotModified(request, ["a", "b"], DateTimeOffset.UnixEpoch);
        });

    [Test]
    public void A_parsed_date_is_written_with_the_same_text() => Fuzz.Check(Gen.OneOf(Inputs.Mutated(Dates), Inputs.Noise), text =>
    {
        if (Preconditions.ParseDate(text) is { } date)
        {
            Assert.That(date.ToString("r", CultureInfo.InvariantCulture), Is.EqualTo(text).IgnoreCase);
        }
    });

    [Test]
    public void A_timestamp_keeps_its_text() => Fuzz.Check(Gen.OneOf(Inputs.Mutated("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.123Z"), Inputs.Noise), text =>
    {
        if (Timestamp.TryParse(text, out var time))
        {
            Assert.That(time.ToString(), Is.EqualTo(text));
        }
    });

    [Test]
    public void A_parsed_uuid_is_written_in_lower_case() => Fuzz.Check(Gen.OneOf(Inputs.Uuid, Inputs.Noise), text =>
    {
        if (Uuid.TryParse(text, out var uuid))
        {
            Assert.That(uuid.ToString(), Is.EqualTo(text.ToLowerInvariant()));
        }
    });

    [Test]
    public void Random_JSON_is_refused_or_can_be_written_again() => Fuzz.OnlyRefuses<byte[], ImgApiException>(
        Gen.OneOf(JsonInputs.Broken, Inputs.MutatedBytes("{\"a\":[1,2,\"\\ud83d\\ude00\"]}", "\"\\ud800\"", "{\"a\":1,\"a\":2}"), Inputs.Bytes),
        bytes => PlainJson.Text(JsonText.Parse(bytes)));

    [Test]
    public void Any_request_id_is_turned_into_a_valid_header() => Fuzz.Check(Gen.OneOf(Inputs.Noise, Inputs.Uuid), text =>
    {
        var request = Request();
        request.Headers["x-request-id"] = text;
        Assert.That(RequestIds.Of(request), Has.Length.InRange(1, 128).And.Matches("^[!-~]+$"));
    });

    private static HttpRequest Request() => new DefaultHttpContext { Request = { Method = "GET", Path = "/ping" } }.Request;

    private static Gen<string> Condition(string[] examples) => Gen.OneOf(Gen.Const(""), Inputs.Mutated(examples), Inputs.Noise);

    private static Gen<string> Value(params string[] examples) => Gen.OneOf(Gen.Const(""), Gen.OneOf(examples), Inputs.Mutated(examples));

    private static ListImagesParameters Parameters(WireQuery query) => new()
    {
        Account = query.Text("account"),
        Limit = query.Text("limit"),
        Marker = query.Text("marker"),
        Name = query.Text("name"),
        Public = query.Text("public"),
        Sort = query.Text("sort"),
        State = query.Text("state"),
    };
}
