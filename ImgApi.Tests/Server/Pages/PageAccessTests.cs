using System.Net;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Pages;

/// <summary>What a stranger sees on the pages with each value of <c>readAuth</c>: what the API shows.</summary>
[TestFixture]
internal sealed class PageAccessTests
{
    private static readonly (string, string) Browser = ("Accept", "text/html");

    private static Task<TestServer> StartAsync(ReadAccess access) =>
        TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = access });

    [TestCase(ReadAccess.Open, true)]
    [TestCase(ReadAccess.Private, false)]
    public async Task A_stranger_sees_private_images_in_the_list_only_if_all_reads_are_open(ReadAccess access, bool isSeen)
    {
        await using var server = await StartAsync(access);
        await server.Admin.PublishAsync(("name", "secret-image"), ("public", false));
        var page = await server.Anonymous.GetAnswerAsync("/", Browser);
        Assert.That(page.Text.Contains("secret-image", StringComparison.Ordinal), Is.EqualTo(isSeen));
    }

    [Test]
    public async Task A_hidden_image_looks_like_an_unknown_one()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var uuid = await server.Admin.PublishAsync(("public", false));
        var answer = await server.Anonymous.GetAnswerAsync($"/ui/images/{uuid}", Browser);
        Assert.That((answer.Status, answer.Text.Contains($"<h1>image {uuid} not found</h1>", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.NotFound, true)));
    }

    [Test]
    public async Task The_name_of_a_hidden_origin_is_not_shown()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var origin = await server.Admin.PublishAsync(("name", "secret-image"), ("public", false));
        var uuid = await server.Admin.PublishAsync(("public", true), ("origin", origin));
        Assert.That((await server.Anonymous.GetAnswerAsync($"/ui/images/{uuid}", Browser)).Text, Does.Contain(origin).And.Not.Contain("secret-image"));
    }

    [TestCase("private")]
    [TestCase("unactivated")]
    public async Task A_hidden_dependent_is_not_shown(string kind)
    {
        await using var server = await StartAsync(ReadAccess.Private);
        var origin = await server.Admin.PublishAsync(("public", true));
        await (kind == "private"
            ? server.Admin.PublishAsync(("name", "secret-image"), ("public", false), ("origin", origin))
            : server.Admin.CreateAsync(("name", "secret-image"), ("public", true), ("origin", origin)));
        Assert.That((await server.Anonymous.GetAnswerAsync($"/ui/images/{origin}", Browser)).Text, Does.Not.Contain("secret-image"));
    }

    [Test]
    public async Task A_search_does_not_find_what_is_hidden()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        await server.Admin.PublishAsync(("name", "x"), ("public", false), ("description", "secret-image"));
        Assert.That((await server.Anonymous.GetAnswerAsync("/?q=secret-image", Browser)).Text, Does.Contain("No image was found"));
    }

    [TestCase("/")]
    [TestCase("/ui/images/00000000-0000-4000-8000-000000000000")]
    public async Task A_stranger_is_sent_to_the_sign_in_without_a_dialog_of_the_browser(string path)
    {
        await using var server = await StartAsync(ReadAccess.All);
        var answer = await server.Anonymous.GetAnswerAsync(path, Browser);
        Assert.That((answer.Status, answer.Header("WWW-Authenticate")), Is.EqualTo((HttpStatusCode.OK, (string?)null)));
        Assert.That(answer.Text, Does.Contain("<h1>Sign in</h1>"));
    }

    [Test]
    public async Task Credentials_open_the_page()
    {
        await using var server = await StartAsync(ReadAccess.All);
        Assert.That((await server.Admin.GetAnswerAsync("/", Browser)).Status, Is.EqualTo(HttpStatusCode.OK));
    }
}
