using System.Text.RegularExpressions;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>The configuration key <c>readAuth</c>.</summary>
[TestFixture]
internal sealed partial class ReadAccessTests
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    private static Task<TestServer> StartAsync(ReadAccess access, ServerMode mode = ServerMode.Mixed) =>
        TestServer.StartAsync(mode, configure: configuration => configuration with { ReadAccess = access });

    [TestCase(ServerMode.Mixed)]
    [TestCase(ServerMode.Dc)]
    public async Task A_stranger_cannot_tell_a_private_image_from_an_unknown_one(ServerMode mode)
    {
        await using var server = await StartAsync(ReadAccess.Private, mode);
        var uuid = await PublishAsync(server, isPublic: false);
        var routes = server.Routes.Where(route => route.Method == "GET" && route.Path.StartsWith("/images/{uuid}", StringComparison.Ordinal));
        string[] queries =
        [
            "/images/{0}/file?index=1", "/images/{0}?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "/images/{0}?inclAdminFields=true",
            "/images/{0}/file?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "/images?marker={0}", "/images?marker={0}&state=all",
        ];
        foreach (var url in routes.Select(route => Parameter.Replace(route.Path, "{0}")).Concat(queries))
        {
            var hidden = await server.Anonymous.GetAnswerAsync(Format(url, uuid), ("If-None-Match", "*"));
            var unknown = await server.Anonymous.GetAnswerAsync(Format(url, Unknown), ("If-None-Match", "*"));
            Assert.That((int)hidden.Status, Is.EqualTo(404), url);
            Assert.That(hidden.Message, Is.EqualTo($"image {uuid} not found"), url);
            Assert.That(hidden.Text, Is.EqualTo(unknown.Text.Replace(Unknown, uuid, StringComparison.Ordinal)), url);
            Assert.That(Names(hidden), Is.EqualTo(Names(unknown)), url);
            var head = await server.Anonymous.AnswerAsync(HttpMethod.Head, Format(url, uuid), null);
            Assert.That((int)head.Status, Is.EqualTo(404), url);
        }
    }

    [TestCase(ReadAccess.Open, false)]
    [TestCase(ReadAccess.Private, false)]
    [TestCase(ReadAccess.All, true)]
    public async Task Each_route_needs_credentials_as_readAuth_says(ReadAccess access, bool guarded)
    {
        await using var server = await StartAsync(access);
        var uuid = await PublishAsync(server, isPublic: true);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        // PageAccessTests tests the pages.
        var reads = server.Routes.Where(route => route.Method == "GET").Select(route => route.Path)
            .Where(path => !path.StartsWith("/ui/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.That(reads, Has.Count.GreaterThan(5));
        foreach (var path in reads)
        {
            var isOpen = path is "/ping" or "/health" or "/" or "/docs" or "/datasets" or "/datasets/{dataset}" or "/jobs/{uuid}";
            var isGuarded = path is "/state" or "/jobs" or "/audit" or "/approvals" or "/usage" || (path == "/metrics" && access != ReadAccess.Open) || (guarded && !isOpen);
            var answer = await stranger.GetAnswerAsync(Parameter.Replace(path, uuid));
            Assert.That((int)answer.Status == 401, Is.EqualTo(isGuarded), $"{path}: {answer.Status}");
            if (isGuarded)
            {
                Assert.That(answer.Header("WWW-Authenticate"), Does.StartWith("Basic realm="), path);
                Assert.That((int)(await server.Admin.GetAnswerAsync(Parameter.Replace(path, uuid))).Status, Is.LessThan(400), path);
            }
        }
    }

    [TestCase("/ping")]
    [TestCase("/swagger/v1/swagger.json")]
    public async Task Ping_and_documentation_are_open_even_if_all_reads_need_credentials(string path)
    {
        await using var server = await StartAsync(ReadAccess.All, ServerMode.Dc);
        Assert.That((int)(await server.Anonymous.GetAnswerAsync(path)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_ping_with_wrong_credentials_is_refused()
    {
        await using var server = await StartAsync(ReadAccess.All, ServerMode.Dc);
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping", Wrong)).Status, Is.EqualTo(401));
    }

    private static (string, string) Wrong => ("Authorization", TestServer.Basic("admin", "wrong").ToString());

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter { get; }

    private static string Format(string url, string uuid) => url.Replace("{0}", uuid, StringComparison.Ordinal);

    private static IEnumerable<string> Names(Answer answer) =>
        answer.Headers.NonValidated.Concat(answer.ContentHeaders.NonValidated).Select(header => header.Key).Order();

    private static async Task<string> PublishAsync(TestServer server, bool isPublic)
    {
        var uuid = await server.Admin.PublishAsync(("public", isPublic), ("owner", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"));
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Samples.Png, "image/png"));
        return uuid;
    }
}
