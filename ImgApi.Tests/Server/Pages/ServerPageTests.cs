using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>What <c>/ui/server</c> shows to whom: nothing that the API would not tell the same caller.</summary>
[TestFixture]
internal sealed class ServerPageTests
{
    private const string Traffic = "<h2 id=\"traffic\">";
    private const string Stored = "<h2 id=\"stored\">";
    private const string Transfers = "<h2 id=\"transfers\">";
    private const string Jobs = "<h2 id=\"jobs\">";
    private const string Started = "<dt>Started</dt>";

    private static Task<TestServer> StartAsync(ReadAccess access) =>
        TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = access });

    private static IEnumerable<string> Parts(Answer page) =>
        new[] { Traffic, Stored, Transfers, Jobs, Started }.Where(part => page.Text.Contains(part, StringComparison.Ordinal));

    [TestCase(ReadAccess.Open, Traffic, Stored)]
    [TestCase(ReadAccess.Private, Stored)]
    [TestCase(ReadAccess.All)]
    public async Task A_stranger_sees_the_health_and_what_metrics_and_the_list_of_images_would_tell(ReadAccess access, params string[] parts)
    {
        await using var server = await StartAsync(access);
        using var browser = new PageClient(server);
        var page = await browser.OpenAsync("/ui/server");
        Assert.That(((int)page.Status, page.Text.Contains("<dt>Images</dt>", StringComparison.Ordinal)), Is.EqualTo((200, true)));
        Assert.That(Parts(page), Is.EqualTo(parts));
    }

    [Test]
    public async Task A_user_sees_every_part([Values] ReadAccess access)
    {
        await using var server = await StartAsync(access);
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        Assert.That(Parts(await browser.OpenAsync("/ui/server")), Is.EqualTo(new[] { Traffic, Stored, Transfers, Jobs, Started }));
    }

    [TestCase(ReadAccess.Open)]
    [TestCase(ReadAccess.Private)]
    [TestCase(ReadAccess.All)]
    public async Task A_stranger_sees_no_name_of_an_image_that_is_not_listed(ReadAccess access)
    {
        await using var server = await StartAsync(access);
        var unfinished = await server.Admin.CreateAsync(("name", "unfinished-name"));
        await server.Admin.UploadAsync(unfinished, Samples.Gzip);
        await server.Admin.PublishAsync(("name", "private-name"), ("public", false));
        await server.Admin.PublishAsync(("name", "public-name"), ("public", true));
        using var browser = new PageClient(server);
        var text = (await browser.OpenAsync("/ui/server")).Text;
        string[] names = ["unfinished-name", "private-name", "public-name", unfinished];
        string[] listed = access switch
        {
            ReadAccess.Open => ["private-name", "public-name"],
            ReadAccess.Private => ["public-name"],
            _ => [],
        };
        Assert.That(names.Where(name => text.Contains(name, StringComparison.Ordinal)), Is.EqualTo(listed));
    }

    [Test]
    public async Task A_user_sees_the_number_of_images_in_each_state_and_the_bytes_of_each_name()
    {
        await using var server = await StartAsync(ReadAccess.Open);
        await server.Admin.PublishAsync();
        await server.Admin.UploadAsync(await server.Admin.CreateAsync(), new byte[2044]);
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        var text = (await browser.OpenAsync("/ui/server")).Text;
        Assert.That(text, Does.Contain("<dt>active</dt><dd>1</dd>").And.Contains("<dt>unactivated</dt><dd>1</dd>").And.Contains("<td class=\"number\">2 KiB</td>"));
    }

    [Test]
    public async Task Requests_errors_and_bytes_are_counted_where_they_happen()
    {
        await using var server = await StartAsync(ReadAccess.Open);
        var uuid = await server.Admin.CreateAsync();
        await server.Admin.UploadAsync(uuid, new byte[3 * 1024 * 1024]);
        await server.Anonymous.GetAnswerAsync($"/images/{uuid}/file");
        await server.Anonymous.GetAnswerAsync("/no-such-path");
        using var browser = new PageClient(server);
        var text = (await browser.OpenAsync("/ui/server")).Text;
        Assert.That(text, Does.Contain("steps of five minutes: 4 requests").And.Contains("steps of five minutes: 3 MiB sent, 3 MiB received")
            .And.Contains("steps of five minutes: 1 of clients (4xx), 0 of the server (5xx)"));
    }

    [Test]
    public async Task A_running_upload_is_shown_with_its_client_until_it_ends()
    {
        await using var server = await StartAsync(ReadAccess.Open);
        var uuid = await server.Admin.CreateAsync(("name", "growing"));
        using var body = new GatedContent(new byte[5 * 1024], new byte[1024]);
        var upload = server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=none", body);
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        await Eventually.TrueAsync(async () => (await browser.OpenAsync("/ui/server")).Text.Contains("5 KiB of 6 KiB", StringComparison.Ordinal));
        var during = (await browser.OpenAsync("/ui/server")).Text;
        body.LetGo();
        await upload;
        var after = (await browser.OpenAsync("/ui/server")).Text;
        Assert.That(during, Does.Contain("<bdi>growing 1.0.0</bdi>").And.Contains("<td>127.0.0.1</td>"));
        Assert.That(after, Does.Not.Contain("<td>127.0.0.1</td>"));
    }

    [TestCase(9_000_000_000_000_000, true)]
    [TestCase(0, false)]
    public async Task The_page_warns_users_of_space_below_minFree(long minFree, bool warns)
    {
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { Room = configuration.Room with { MinFree = minFree } });
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        Assert.That((await browser.OpenAsync("/ui/server")).Text.Contains("Uploads are refused when less than", StringComparison.Ordinal), Is.EqualTo(warns));
    }

    [Test]
    public async Task A_stranger_sees_the_free_bytes_that_the_health_tells_and_not_the_size_of_the_disk([Values] ReadAccess access)
    {
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with
        {
            ReadAccess = access,
            Room = configuration.Room with { MinFree = 9_000_000_000_000_000 },
        });
        using var browser = new PageClient(server);
        Assert.That((await browser.OpenAsync("/ui/server")).Text, Does.Match("<dt>Free space</dt><dd>[0-9.]+ [KMGT]iB</dd>").And.Not.Contains("are free"));
    }

    [Test]
    public async Task A_user_sees_the_size_of_the_disk()
    {
        await using var server = await StartAsync(ReadAccess.Open);
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        Assert.That((await browser.OpenAsync("/ui/server")).Text, Does.Match("<dt>Free space</dt><dd>[0-9.]+ [KMGT]iB of [0-9.]+ [KMGT]iB</dd>"));
    }

    [Test]
    public async Task The_page_shows_the_end_of_the_certificate_to_users()
    {
        using var folder = new TemporaryFolder();
        var files = Certificates.Write(folder);
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { Tls = files });
        using var browser = new PageClient(server);
        await browser.SignInAsync();
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        var end = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.That((await browser.OpenAsync("/ui/server")).Text, Does.Contain($"<dt>Certificate ends</dt><dd>{end} UTC</dd>"));
    }
}
