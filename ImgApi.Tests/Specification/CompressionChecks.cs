using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>
/// Lists are the only answers that are compressed for a client that accepts it. Check 29 forbids that for lists too;
/// docs/compatibility.md says why they are an exception.
/// </summary>
[TestFixture]
internal sealed class CompressionChecks() : ContractFixture(ServerMode.Mixed)
{
    [Test]
    [Check(29)]
    public async Task A_ping_is_not_compressed() => AssertPlain(await Anonymous.GetAnswerAsync("/ping", ("Accept-Encoding", "gzip, br")), 200);

    [Test]
    [Check(29)]
    public async Task A_single_manifest_is_not_compressed() => AssertPlain(
        await Anonymous.GetAnswerAsync($"/images/{await Admin.CreateAsync()}", ("Accept-Encoding", "gzip, br")), 200);

    [TestCase("gzip")]
    [TestCase("br")]
    [Check(29)]
    public async Task The_answer_to_a_create_is_not_compressed(string encoding) =>
        AssertPlain(await Admin.PostAnswerAsync("/images", Requests.Manifest(), ("Accept-Encoding", encoding)), 200);

    [TestCase("gzip")]
    [TestCase("br")]
    [Check(29)]
    public async Task A_refused_write_is_not_compressed(string encoding) =>
        AssertPlain(await Anonymous.PostAnswerAsync("/images", Requests.Manifest(), ("Accept-Encoding", encoding)), 401);

    [TestCase("gzip")]
    [TestCase("br")]
    [Check(29)]
    public async Task A_refused_list_is_not_compressed(string encoding) => AssertPlain(
        await Anonymous.GetAnswerAsync("/images", ("Accept-Encoding", encoding), ("Authorization", "Basic bm86bm8=")), 401);

    private static void AssertPlain(Answer answer, int status)
    {
        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Header("Content-Encoding"), Is.Null);
        Assert.That(answer.Header("Content-Length"), Is.EqualTo($"{answer.Bytes.Length}"));
        Assert.That(answer.Text, Does.StartWith("{"));
    }
}
