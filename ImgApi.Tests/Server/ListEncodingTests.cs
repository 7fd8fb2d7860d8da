using System.IO.Compression;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

[TestFixture]
internal sealed class ListEncodingTests
{
    [Test]
    public async Task A_list_is_compressed_for_those_who_ask_and_not_sent_again_unchanged()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.PublishAsync();
        var plain = await server.Anonymous.GetAnswerAsync("/images");
        Assert.That(plain.Header("Content-Encoding"), Is.Null);
        var packed = await server.Anonymous.GetAnswerAsync("/images", ("Accept-Encoding", "gzip"));
        Assert.That(packed.Header("Content-Encoding"), Is.EqualTo("gzip"));
        await using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(packed.Bytes), System.IO.Compression.CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(plain.Text));

        var etag = plain.Header("Etag")!;
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/images", ("If-None-Match", etag))).Status, Is.EqualTo(304));
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
    public async Task What_is_kept_of_a_list_is_sent_as_what_is_made_for_one_request(string accepted, string? encoding)
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
    public async Task Every_form_of_a_list_says_that_it_depends_on_the_accepted_encodings()
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
    public async Task A_list_is_the_same_however_often_it_is_asked_for_and_new_after_every_change()
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
