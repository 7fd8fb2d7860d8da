using System.Text.Json;
using System.Text.RegularExpressions;
using ImgApi.Tests.Clients.Pages;
using ImgApi.Tests.Support;
using Microsoft.Playwright;

namespace ImgApi.Tests.Security.Abuse;

/// <summary>Images whose texts and icons are meant to run scripts in the browser of somebody who looks at them.</summary>
[TestFixture]
internal sealed class HostilePageTests : PageFixture
{
    private const string Uuid = "43ca32a1-0000-4000-8000-000000000000";
    private const string Html = "\"'><script>window.owned = 1</script><img src=x onerror=\"window.owned = 1\">";

    /// <summary>The API refuses such names, but a folder may contain them.</summary>
    protected override async Task<TestServer> StartServerAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Directory.CreateTempSubdirectory("imgapi-test-").FullName, Uuid));
        var text = JsonSerializer.Serialize(Html);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "manifest.json"), $$"""
            {
              "v": 2, "uuid": "{{Uuid}}", "owner": "00000000-0000-0000-0000-000000000000", "name": {{text}}, "version": {{text}}, "state": "active",
              "disabled": false, "public": true, "published_at": "2020-01-01T00:00:00Z", "type": {{text}}, "os": {{text}}, "description": {{text}},
              "homepage": "javascript:window.owned=1", "tags": { {{text}}: {{text}} },
              "files": [ { "sha1": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "size": 1, "compression": "gzip" } ]
            }
            """);
        return await TestServer.StartAsync(dataFolder: folder.Parent!.FullName);
    }

    protected override async Task FillAsync() =>
        await Server.Admin.PutAnswerAsync($"/images/{Uuid}/icon", Requests.Bytes("<script>window.owned = 1</script>"u8.ToArray(), "image/png"));

    [OneTimeTearDown]
    public void DeleteFolder() => Directory.Delete(Server.DataFolder, recursive: true);

    [TestCase("/")]
    [TestCase("/ui/images/" + Uuid)]
    [TestCase("/?q=%22%27%3E%3Cscript%3Ewindow.owned=1%3C/script%3E&name=%3Cscript%3Ewindow.owned=1%3C/script%3E")]
    [TestCase("/ui/%3Cscript%3Ewindow.owned=1%3C/script%3E")]
    public async Task Texts_with_HTML_run_no_script(string path)
    {
        var page = await OpenAsync(path);
        Assert.That(await page.EvaluateAsync<bool>("window.owned === undefined"), Is.True);
    }

    [TestCase("/")]
    [TestCase("/ui/images/" + Uuid)]
    public async Task Texts_with_HTML_are_shown_as_they_are(string path)
    {
        var page = await OpenAsync(path);
        await Expect(page.Locator("bdi").First).ToHaveTextAsync(Html);
    }

    [Test]
    public async Task Texts_with_HTML_run_no_script_while_one_types()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("<script>");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q="));
        await Expect(Rows(page)).ToHaveCountAsync(1);
        Assert.That(await page.EvaluateAsync<bool>("window.owned === undefined"), Is.True);
    }

    [Test]
    public async Task A_homepage_that_is_a_script_is_no_link()
    {
        var page = await OpenAsync($"/ui/images/{Uuid}");
        await Expect(page.Locator("a[href^='javascript' i]")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task An_icon_that_is_HTML_is_not_shown_as_a_page()
    {
        var page = await OpenAsync($"/images/{Uuid}/icon");
        Assert.That(await page.EvaluateAsync<bool>("window.owned === undefined"), Is.True);
        // The browser's own viewer of pictures uses a style, which the header forbids.
        IgnoreErrors();
    }

    [TestCase("X-Content-Type-Options", "nosniff")]
    [TestCase("Content-Security-Policy", "sandbox; default-src 'none'")]
    public async Task Browsers_are_not_allowed_to_run_an_icon(string header, string value) =>
        Assert.That((await Server.Anonymous.GetAnswerAsync($"/images/{Uuid}/icon")).Header(header), Is.EqualTo(value));
}
