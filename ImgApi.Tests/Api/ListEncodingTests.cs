using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Api;

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
