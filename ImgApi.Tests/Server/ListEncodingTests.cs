using System.IO.Compression;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>The encodings and the caching of lists.</summary>
[TestFixture]
internal sealed class ListEncodingTests
{
    [Test]
    public async Task A_list_is_compressed_on_request_only()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.PublishAsync();
        var plain = await server.Anonymous.GetAnswerAsync("/images");
        var compressed = await server.Anonymous.GetAnswerAsync("/images", ("Accept-Encoding", "gzip"));
        Assert.That((plain.Header("Content-Encoding"), compressed.Header("Content-Encoding")), Is.EqualTo(((string?)null, "gzip")));
        Assert.That(Inflated(compressed.Bytes, "gzip"), Is.EqualTo(plain.Text));
    }

    [Test]
    public async Task An_unchanged_list_is_not_sent_again()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.PublishAsync();
        var etag = (await server.Anonymous.GetAnswerAsync("/images")).Header("Etag")!;
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/images", ("If-None-Match", etag))).Status, Is.EqualTo(304));
    }

    [Test]
    public async Task A_changed_list_is_sent_again()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.PublishAsync();
        var etag = (await server.Anonymous.GetAnswerAsync("/images")).Header("Etag")!;
        await server.Admin.PublishAsync();
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/images", ("If-None-Match", etag))).Status, Is.EqualTo(200));
    }

    [TestCase("gzip", "gzip")]
    [TestCase("br", "br")]
    [TestCase("gzip, br", "br")]
    [TestCase("gzip;q=1, br;q=0.5", "gzip")]
    [TestCase("br;q=0, *;q=0", null)]
    [TestCase("identity", null)]
    [TestCase("zstd", null)]
    public async Task A_cached_list_is_the_same_as_a_list_that_is_not_cached(string accepted, string? encoding)
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await server.Admin.PublishAsync();
        }

        var plain = await server.Anonymous.GetAnswerAsync("/images?state=all");
        var texts = new List<string>();
        for (var time = 0; time < 4; time++)
        {
            var answer = await server.Anonymous.GetAnswerAsync("/images", ("Accept-Encoding", accepted));
            Assert.That((answer.Header("Content-Encoding"), answer.Header("ETag")), Is.EqualTo((encoding, plain.Header("ETag"))));
            Assert.That(answer.Header("Vary"), Is.EqualTo("Authorization, Accept-Encoding"));
            texts.Add(Inflated(answer.Bytes, encoding));
        }

        Assert.That(texts, Is.All.EqualTo(plain.Text));
    }

    [Test]
    public async Task Every_answer_to_the_request_for_a_list_varies_by_accepted_encoding()
    {
        await using var server = await TestServer.StartAsync();
        var plain = await server.Anonymous.GetAnswerAsync("/images");
        var unchanged = await server.Anonymous.GetAnswerAsync("/images", ("If-None-Match", plain.Header("ETag")!));
        var head = await server.Anonymous.AnswerAsync(HttpMethod.Head, "/images", null);
        Assert.That((int)unchanged.Status, Is.EqualTo(304));
        Assert.That(new[] { plain, unchanged, head }.Select(answer => answer.Header("Vary")), Is.All.EqualTo("Authorization, Accept-Encoding"));
    }

    private static string Inflated(byte[] bytes, string? encoding)
    {
        using var source = new MemoryStream(bytes);
        using Stream stream = encoding switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            _ => source,
        };
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }

    [Test]
    public async Task A_list_that_is_read_again_is_the_same_until_the_next_change()
    {
        await using var server = await TestServer.StartAsync();
        var uuid = await server.Admin.PublishAsync();
        await server.Admin.PublishAsync();
        foreach (var text in new[] { "one", "two" })
        {
            await server.Admin.ActAsync(uuid, "update", Requests.Json($$"""{"description":"{{text}}"}"""));
            var lists = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                lists.Add((await server.Anonymous.GetAnswerAsync("/images")).Text);
            }

            Assert.That(lists.Distinct().Single(), Does.Contain(text));
        }
    }
}
