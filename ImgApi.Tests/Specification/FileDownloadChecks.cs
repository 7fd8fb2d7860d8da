using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Downloads of a whole file, by range and under conditions (contract 1.7, 5.8). The tests share one image, and none changes it.</summary>
[TestFixture]
internal sealed class FileDownloadChecks : FileFixture
{
    private string _uuid = null!;
    private string _manifestEtag = null!;

    [OneTimeSetUp]
    public async Task UploadAsync()
    {
        _uuid = await Admin.CreateAsync();
        _manifestEtag = (await PutFileAsync(_uuid, "compression=gzip")).Header("Etag")!;
    }

    [Test]
    [Check(108)]
    public async Task A_download_has_the_bytes_that_were_uploaded()
    {
        var answer = await GetFileAsync(_uuid, ("accept", "application/json"), ("Accept-Encoding", "gzip"));
        Assert.Multiple(() =>
        {
            Assert.That(answer.Bytes.SequenceEqual(Content), Is.True);
            Assert.That(answer.Header("Etag"), Is.EqualTo(Sha1));
            Assert.That(answer.Header("Content-MD5"), Is.EqualTo(Md5));
            Assert.That(answer.Header("Content-Length"), Is.EqualTo("300000"));
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/octet-stream"));
            Assert.That(answer.Header("Content-Encoding"), Is.Null);
            Assert.That(answer.Header("Last-Modified"), Does.EndWith(" GMT"));
        });
    }

    [Test]
    [Check(109)]
    public async Task A_download_of_an_image_without_file_is_not_found()
    {
        var uuid = await Admin.CreateAsync();
        AssertNotFound(await GetFileAsync(uuid), $"image \"{uuid}\" has no file");
    }

    [TestCase("1", "1")]
    [TestCase("1abc", "1")]
    [TestCase(" 1.7", "1")]
    [TestCase("99999999999999999999", "1000000000000000000")]
    [Check(109)]
    public async Task There_is_no_file_at_another_index_than_0(string index, string read) =>
        AssertNotFound(await Anonymous.GetAnswerAsync($"/images/{_uuid}/file?index={index}"), $"image \"{_uuid}\" has no file at index {read}");

    [TestCase("junk")]
    [TestCase("-0")]
    [Check(109)]
    public async Task An_index_that_does_not_begin_with_a_number_is_0(string index) =>
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{_uuid}/file?index={index}"));

    /// <param name="tag">With <c>sha1</c> for the file's SHA-1 and <c>manifest</c> for the Etag of its manifest.</param>
    [TestCase("sha1")]
    [TestCase("\"sha1\"")]
    [TestCase("W/\"sha1\"")]
    [TestCase("foo, sha1")]
    [TestCase("manifest")]
    [TestCase("*")]
    [Check(110)]
    public async Task A_file_that_the_client_has_is_not_sent_again(string tag)
    {
        var answer = await GetFileAsync(_uuid, ("If-None-Match", tag.Replace("sha1", Sha1).Replace("manifest", _manifestEtag)));
        Assert.That((int)answer.Status, Is.EqualTo(304));
        Assert.That(answer.Bytes, Is.Empty);
        Assert.That(answer.Header("Etag"), Is.EqualTo(Sha1));
    }

    [TestCase("If-None-Match", "foo", 200)]
    [TestCase("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 304)]
    [Check(110)]
    public async Task A_condition_decides_whether_the_file_is_sent(string header, string value, int status) =>
        Assert.That((int)(await GetFileAsync(_uuid, (header, value))).Status, Is.EqualTo(status));

    [TestCase("If-Match", "foo")]
    [TestCase("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")]
    [Check(111)]
    public async Task A_failed_precondition_is_reported(string header, string value) =>
        AssertRefused(await GetFileAsync(_uuid, (header, value)), 412, "PreconditionFailed");

    [TestCase("bytes=0-0", 0, 1)]
    [TestCase("bytes=100-199", 100, 100)]
    [TestCase("bytes=299990-", 299990, 10)]
    [TestCase("bytes=-10", 299990, 10)]
    [TestCase("bytes=5-99999999999", 5, 299995)]
    [TestCase("bytes=5-9223372036854775807", 5, 299995)]
    public async Task A_single_range_is_sent_alone(string range, int offset, int count)
    {
        var answer = await GetFileAsync(_uuid, ("Range", range), ("If-Range", $"\"{Sha1}\""));
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.Status, Is.EqualTo(206));
            Assert.That(answer.Bytes, Is.EqualTo(Content.AsSpan(offset, count).ToArray()));
            Assert.That(answer.Header("Content-Range"), Is.EqualTo($"bytes {offset}-{offset + count - 1}/300000"));
            Assert.That(answer.Header("Content-MD5"), Is.Null);
        });
    }

    [TestCase("bytes=5-6", "other")]
    [TestCase("bytes=5-6", "Sat, 01 Jan 2000 00:00:00 GMT")]
    [TestCase("bytes=0-1,5-6", null)]
    [TestCase("bytes=junk", null)]
    [TestCase("lines=1-2", null)]
    public async Task A_range_that_cannot_be_used_gets_the_whole_file(string range, string? ifRange)
    {
        var answer = await GetFileAsync(_uuid, [("Range", range), .. ifRange is null ? [] : new[] { ("If-Range", ifRange) }]);
        Assert.That((int)answer.Status, Is.EqualTo(200));
        Assert.That(answer.Bytes.SequenceEqual(Content), Is.True);
    }

    [TestCase("bytes=300000-")]
    [TestCase("bytes=-0")]
    public async Task A_range_outside_the_file_is_refused(string range)
    {
        var answer = await GetFileAsync(_uuid, ("Range", range));
        AssertRefused(answer, 416, "RangeNotSatisfiable");
        Assert.That(answer.Header("Content-Range"), Is.EqualTo("bytes */300000"));
    }
}
