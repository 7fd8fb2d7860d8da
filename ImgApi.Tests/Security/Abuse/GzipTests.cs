using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>JSON bodies with gzip (contract 1.6): the size limit applies to the decompressed text, and truncated bodies are refused.</summary>
[TestFixture]
[Category("Abuse")]
[NonParallelizable] // one test measures the allocations of the whole process
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
    public async Task A_gzip_bomb_is_refused_without_being_decompressed_beyond_the_limit()
    {
        var bomb = Gzip(Enumerable.Repeat(new byte[1024 * 1024], Bomb / 1024 / 1024));
        Assert.That(bomb, Has.Length.LessThan(Bomb / 900));
        var before = GC.GetTotalAllocatedBytes();
        var answer = await PostAsync(bomb);
        Assert.That((int)answer.Status, Is.EqualTo(413), answer.Text);
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(8 * Limit));
    }

    [Test]
    public async Task A_gzip_bomb_of_many_members_is_refused()
    {
        var member = Gzip([new byte[64 * 1024]]);
        Assert.That((int)(await PostAsync([.. Enumerable.Repeat(member, 1000).SelectMany(bytes => bytes)])).Status, Is.EqualTo(413));
    }

    [TestCase("gzip")]
    [TestCase("gzip, gzip")]
    [TestCase("deflate")]
    public async Task A_nested_gzip_body_is_refused(string coding)
    {
        var nested = Gzip([Gzip([Gzip(Enumerable.Repeat(new byte[1024 * 1024], 64))])]);
        Assert.That((await PostAsync(nested, coding)).Code, Is.EqualTo("InvalidContent"));
    }

    [Test]
    public async Task A_gzip_body_of_exactly_the_limit_is_accepted() =>
        Assert.That((int)(await PostAsync(Gzip([Padded(Limit)]))).Status, Is.EqualTo(200));

    [Test]
    public async Task A_gzip_body_one_byte_beyond_the_limit_is_refused() =>
        Assert.That((int)(await PostAsync(Gzip([Padded(Limit + 1)]))).Status, Is.EqualTo(413));

    [Test]
    public async Task A_gzip_body_of_one_member_is_accepted() => Assert.That((int)(await PostAsync(Gzip([Text(Manifest)]))).Status, Is.EqualTo(200));

    [Test]
    public async Task A_gzip_body_of_two_members_is_accepted() =>
        Assert.That((int)(await PostAsync([.. Gzip([Text(Manifest[..9])]), .. Gzip([Text(Manifest[9..])])])).Status, Is.EqualTo(200));

    /// <summary>Includes the last 8 bytes, checksum and length, without which the text is complete but unverified.</summary>
    [Test]
    public async Task A_gzip_body_that_is_truncated_at_any_byte_is_refused()
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
    public async Task A_gzip_body_with_a_wrong_checksum_is_refused()
    {
        var broken = Gzip([Text(Manifest)]);
        broken[^6] ^= 1;
        Assert.That((await PostAsync(broken)).Code, Is.EqualTo("InvalidContent"));
    }

    [Test]
    public async Task A_gzip_body_with_trailing_zeros_is_refused() =>
        Assert.That((await PostAsync([.. Gzip([Text(Manifest)]), 0, 0])).Code, Is.EqualTo("InvalidContent"));

    [Test]
    public async Task A_gzip_body_with_a_truncated_second_member_is_refused()
    {
        var whole = Gzip([Text(Manifest)]);
        Assert.That((await PostAsync([.. whole, .. whole[..12]])).Code, Is.EqualTo("InvalidContent"));
    }

    [Test]
    public async Task A_plain_body_that_claims_to_be_gzip_is_refused() =>
        Assert.That((await PostAsync(Text(Manifest))).Code, Is.EqualTo("InvalidContent"));

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
