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
}
