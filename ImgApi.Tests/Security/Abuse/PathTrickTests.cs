using ImgApi.Tests.Support;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Path traversal in every spelling: no path gets a file that the API does not serve.</summary>
[TestFixture]
[Category("Abuse")]
internal sealed class PathTrickTests
{
    private const string Secret = "do not show this";

    private static readonly string[] Ups =
    [
        "..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "..;", "..%09", "..%20", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
        "%f0%80%80%ae", "%uff0e%uff0e", "%ef%bc%8e%ef%bc%8e", "....", "%2e%2e%2e",
    ];

    private static readonly string[] Slashes =
        ["/", "%2f", "%2F", "%252f", "\\", "%5c", "%c0%af", "%e0%80%af", "%ef%bc%8f", "//", "/./", ";/", "%00/", "/%00", "%0a", "%0d%0a"];

    private TestServer _server = null!;
    private string _uuid = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await TestServer.StartAsync();
        _uuid = await _server.Admin.PublishAsync();
        await File.WriteAllTextAsync(Path.Combine(_server.DataFolder, "secret.txt"), Secret);
        await File.WriteAllTextAsync(Path.Combine(_server.DataFolder, "..", "secret.txt"), Secret);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    public static IEnumerable<string> Tricks =>
        from up in Ups
        from slash in Slashes
        from begin in (string[])["/images/", "/images/{uuid}/", "/swagger/", "/docs/", "/datasets/", "/"]
        select $"{begin}{up}{slash}{up}{slash}secret.txt";

    [Test]
    public async Task A_path_traversal_in_any_spelling_reaches_no_file()
    {
        foreach (var trick in Tricks.Select(trick => trick.Replace("{uuid}", _uuid, StringComparison.Ordinal)))
        {
            var answer = await RawHttp.SendAsync(_server.Address, "GET", trick);
            Assert.That(answer, Does.Not.Contain(Secret), trick);
            Assert.That(answer, Does.Match("^HTTP/1.1 (30[17]|400|404) "), trick);
        }
    }

    [TestCase("/images/{uuid};x=1")]
    [TestCase("/images/{uuid};/file")]
    [TestCase("/images/{uuid}%2ffile")]
    [TestCase("/images/{uuid}%2Ffile")]
    [TestCase("/images/{uuid}%252ffile")]
    [TestCase("/images/{uuid}\\file")]
    [TestCase("/images/{uuid}%5cfile")]
    [TestCase("/images/{uuid}/file/.")]
    [TestCase("/images/{uuid}/%2e/file")]
    [TestCase("/images/./{uuid}")]
    [TestCase("/images/{uuid}/../{uuid}")]
    [TestCase("/images/{uuid}%0d%0a")]
    [TestCase("/images/{uuid}%20")]
    [TestCase("/images/{uuid}/manifest.json")]
    [TestCase("/images/{uuid}/file%3f")]
    public async Task A_path_that_is_not_spelt_exactly_is_refused(string path)
    {
        var answer = await RawHttp.SendAsync(_server.Address, "GET", path.Replace("{uuid}", _uuid, StringComparison.Ordinal));
        Assert.That(answer, Does.Match("^HTTP/1.1 40[04] "));
        Assert.That(answer, Does.Contain("\"code\""));
    }

    [TestCase("/ping%00")]
    [TestCase("/images/%00/file")]
    [TestCase("*")]
    [TestCase("images")]
    [TestCase("?x")]
    [TestCase("http://elsewhere/../../etc/passwd")]
    [TestCase("http://elsewhere")]
    [TestCase("file:///etc/passwd")]
    [TestCase("elsewhere:80")]
    [TestCase("/\u0080")]
    [TestCase("/ping?\u00ff")]
    public async Task An_unusual_request_target_does_no_harm(string target)
    {
        var answer = await RawHttp.SendAsync(_server.Address, "GET", target);
        Assert.That(answer, Does.Match("^HTTP/1.1 (200|30[17]|40[045]) "));
        Assert.That((int)(await _server.Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
    }
}
