using System.Text.RegularExpressions;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>The configuration key <c>readAuth</c>.</summary>
[TestFixture]
internal sealed partial class ReadAccessTests
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static Task<TestServer> StartAsync(ReadAccess access, ServerMode mode = ServerMode.Mixed) =>
        TestServer.StartAsync(mode, configure: configuration => configuration with { ReadAccess = access });

    [TestCase(ServerMode.Mixed)]
    [TestCase(ServerMode.Dc)]
    public async Task Private_images_are_to_strangers_as_if_they_were_not(ServerMode mode)
    {
        await using var server = await StartAsync(ReadAccess.Private, mode);
        var uuid = await PublishAsync(server, isPublic: false);
        foreach (var url in new[]
        {
            "/images/{0}", "/images/{0}/file", "/images/{0}/icon", "/images/{0}/file?index=1",
            "/images/{0}?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "/images/{0}?inclAdminFields=true", "/images?marker={0}",
            "/images/{0}/file?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "/images?marker={0}&state=all",
        })
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

    [Test]
    public async Task Private_images_are_listed_for_known_callers_only()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var open = await PublishAsync(server, isPublic: true);
        var hidden = await PublishAsync(server, isPublic: false);
        foreach (var query in new[] { "", "?state=all", "?public=false", "?account=aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "?owner=bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb" })
        {
            Assert.That((await server.Anonymous.GetAnswerAsync("/images" + query)).Text, Does.Not.Contain(hidden), query);
        }

        Assert.That((await server.Anonymous.GetAnswerAsync("/images")).Text, Does.Contain(open));
        Assert.That((await server.Admin.GetAnswerAsync("/images")).Text, Does.Contain(open).And.Contain(hidden));
    }

    [Test]
    public async Task Known_callers_read_private_images_and_everyone_public_ones()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var open = await PublishAsync(server, isPublic: true);
        var hidden = await PublishAsync(server, isPublic: false);
        foreach (var suffix in new[] { "", "/file", "/icon" })
        {
            Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{open}{suffix}")).Status, Is.EqualTo(200), suffix);
            Assert.That((int)(await server.Admin.GetAnswerAsync($"/images/{hidden}{suffix}")).Status, Is.EqualTo(200), suffix);
            var wrong = await server.Anonymous.GetAnswerAsync($"/images/{open}{suffix}", Wrong);
            Assert.That((int)wrong.Status, Is.EqualTo(401), "wrong credentials are never overlooked: " + suffix);
        }
    }

    [Test]
    public async Task Strangers_do_not_learn_how_many_private_images_there_are()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        await PublishAsync(server, isPublic: true);
        await PublishAsync(server, isPublic: false);
        Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("images").GetInt32(), Is.EqualTo(1));
        Assert.That((await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("images").GetInt32(), Is.EqualTo(2));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/metrics")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task An_image_that_becomes_private_disappears()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var uuid = await PublishAsync(server, isPublic: true);
        await server.Admin.ActAsync(uuid, "update", Requests.Json(new { @public = false }));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync($"/images/{uuid}")).Status, Is.EqualTo(404));
        Assert.That((await server.Anonymous.GetAnswerAsync("/images")).Text, Is.EqualTo("[]"));
    }

    [TestCase(ReadAccess.Open, false)]
    [TestCase(ReadAccess.Private, false)]
    [TestCase(ReadAccess.All, true)]
    public async Task Every_route_but_a_few_needs_credentials_where_all_do(ReadAccess access, bool guarded)
    {
        await using var server = await StartAsync(access);
        var uuid = await PublishAsync(server, isPublic: true);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        var reads = server.Routes.Where(route => route.Method == "GET").Select(route => route.Path).ToList();
        Assert.That(reads, Has.Count.GreaterThan(5));
        foreach (var path in reads)
        {
            var isOpen = path is "/ping" or "/health" or "/" or "/docs" or "/datasets" or "/datasets/{dataset}" or "/jobs/{uuid}";
            var isGuarded = path == "/state" || (path == "/metrics" && access != ReadAccess.Open) || (guarded && !isOpen);
            var answer = await stranger.GetAnswerAsync(Parameter.Replace(path, uuid));
            Assert.That((int)answer.Status == 401, Is.EqualTo(isGuarded), $"{path}: {answer.Status}");
            if (isGuarded)
            {
                Assert.That(answer.Header("WWW-Authenticate"), Does.StartWith("Basic realm="), path);
                Assert.That((int)(await server.Admin.GetAnswerAsync(Parameter.Replace(path, uuid))).Status, Is.LessThan(400), path);
            }
        }
    }

    [Test]
    public async Task Where_all_reads_are_guarded_the_ping_and_the_documentation_are_open()
    {
        await using var server = await StartAsync(ReadAccess.All, ServerMode.Dc);
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping")).Status, Is.EqualTo(200));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/ping", Wrong)).Status, Is.EqualTo(401));
        Assert.That((int)(await server.Anonymous.GetAnswerAsync("/swagger/v1/swagger.json")).Status, Is.EqualTo(200));
    }

    private static (string, string) Wrong => ("Authorization", TestServer.Basic("admin", "wrong").ToString());

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter { get; }

    private static string Format(string url, string uuid) => url.Replace("{0}", uuid, StringComparison.Ordinal);

    private static IEnumerable<string> Names(Answer answer) =>
        answer.Headers.NonValidated.Concat(answer.ContentHeaders.NonValidated).Select(header => header.Key).Order();

    private static async Task<string> PublishAsync(TestServer server, bool isPublic)
    {
        var uuid = await server.Admin.CreateAsync(("public", isPublic), ("owner", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"));
        await server.Admin.UploadAsync(uuid);
        await server.Admin.ActAsync(uuid, "activate");
        await server.Admin.PutAnswerAsync($"/images/{uuid}/icon", Requests.Bytes(Convert.FromBase64String(Png), "image/png"));
        return uuid;
    }
}
