using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>JSON bodies in gzip (contract 1.6): the limit counts inflated, and what is cut short is refused.</summary>
[TestFixture]
[Category("Abuse")]
[NonParallelizable] // one test counts what the whole process allocates
internal sealed class GzipTests
{
    private const int Limit = 4 * 1024 * 1024;
    private const int Bomb = 256 * 1024 * 1024;
    private const string Manifest = """{"name":"a","version":"1","type":"other","os":"other","description":"some text that is worth compressing, compressing"}""";

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_bomb_is_refused_at_the_limit_and_not_inflated_beyond_it()
    {
        var bomb = Gzip(Enumerable.Repeat(new byte[1024 * 1024], Bomb / 1024 / 1024));
        Assert.That(bomb, Has.Length.LessThan(Bomb / 900));
        var before = GC.GetTotalAllocatedBytes();
        var answer = await PostAsync(bomb);
        Assert.That((int)answer.Status, Is.EqualTo(413), answer.Text);
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(8 * Limit));
    }

    [Test]
    public async Task A_bomb_of_many_members_is_refused_too()
    {
        var member = Gzip([new byte[64 * 1024]]);
        Assert.That((int)(await PostAsync([.. Enumerable.Repeat(member, 1000).SelectMany(bytes => bytes)])).Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Gzip_in_gzip_is_inflated_once_or_not_at_all()
    {
        var nested = Gzip([Gzip([Gzip(Enumerable.Repeat(new byte[1024 * 1024], 64))])]);
        Assert.That((await PostAsync(nested)).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync(nested, "gzip, gzip")).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync(nested, "deflate")).Code, Is.EqualTo("InvalidContent"));
    }

    [Test]
    public async Task A_text_of_exactly_the_limit_is_taken_and_one_byte_more_is_not()
    {
        Assert.That((await PostAsync(Gzip([Padded(Limit)]))).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That((int)(await PostAsync(Gzip([Padded(Limit + 1)]))).Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Whole_it_is_taken_in_one_member_or_in_two()
    {
        Assert.That((await PostAsync(Gzip([Text(Manifest)]))).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
        Assert.That((await PostAsync([.. Gzip([Text(Manifest[..9])]), .. Gzip([Text(Manifest[9..])])])).Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    /// <summary>The last 8 bytes are checksum and length: without them all of the text is there, but nobody knows.</summary>
    [Test]
    public async Task Cut_short_at_any_byte_it_is_refused()
    {
        var whole = Gzip([Text(Manifest)]);
        for (var length = 1; length < whole.Length; length++)
        {
            var answer = await PostAsync(whole[..length]);
            Assert.That((int)answer.Status, Is.EqualTo(400), $"{length} of {whole.Length} bytes: {answer.Text}");
            Assert.That(answer.Code, Is.EqualTo("InvalidContent"));
        }
    }

    [Test]
    public async Task With_a_wrong_checksum_or_something_behind_it_it_is_refused()
    {
        var whole = Gzip([Text(Manifest)]);
        byte[] broken = [.. whole];
        broken[^6] ^= 1;
        Assert.That((await PostAsync(broken)).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync([.. whole, 0, 0])).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync([.. whole, .. whole[..12]])).Code, Is.EqualTo("InvalidContent"));
        Assert.That((await PostAsync(Text(Manifest))).Code, Is.EqualTo("InvalidContent"));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Padded(int length) => Text(Manifest.PadRight(length));

    private static byte[] Gzip(IEnumerable<byte[]> pieces)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            foreach (var piece in pieces)
            {
                gzip.Write(piece);
            }
        }

        return target.ToArray();
    }

    private Task<Answer> PostAsync(byte[] bytes, string coding = "gzip")
    {
        var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return _server.Admin.PostAnswerAsync("/images", body, ("Content-Encoding", coding));
    }
}
