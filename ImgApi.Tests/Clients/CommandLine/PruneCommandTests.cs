using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi prune</c>. Each test has images of its own name, and a server of its own.</summary>
[TestFixture]
internal sealed class PruneCommandTests : ClientFixture
{
    private string _old = null!;
    private string _newest = null!;

    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(configure: Team.With);

    /// <summary>Two versions, of which the older one is the only image that is too old.</summary>
    [SetUp]
    public async Task PublishAsync()
    {
        foreach (var image in (await Server.Admin.GetAnswerAsync("/images?state=all")).Json.EnumerateArray())
        {
            await Server.Admin.DeleteAnswerAsync($"/images/{image.Text("uuid")}");
        }

        _old = await Server.Admin.PublishAsync(("name", "web"), ("version", "1"));
        _newest = await Server.Admin.PublishAsync(("name", "web"), ("version", "2"));
    }

    private async Task<HttpStatusCode> StatusAsync(string uuid) => (await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Status;

    [Test]
    public async Task A_dry_run_shows_what_would_be_deleted_and_deletes_nothing()
    {
        var shown = await OutputAsync("prune", "--keep", "1", "--fetched-within", "0", "--dry-run", "-q");
        Assert.That((shown, await StatusAsync(_old)), Is.EqualTo(($"{_old}\n", HttpStatusCode.OK)));
    }

    [Test]
    public async Task A_dry_run_in_json_has_the_manifests()
    {
        var shown = await JsonAsync("prune", "--keep", "1", "--fetched-within", "0", "--dry-run");
        Assert.That(shown.EnumerateArray().Select(image => image.Text("uuid")), Is.EqualTo(new[] { _old }));
    }

    [Test]
    public async Task Images_that_are_too_old_are_deleted_and_others_stay()
    {
        await OutputAsync("prune", "--keep", "1", "--fetched-within", "0", "-y");
        Assert.That((await StatusAsync(_old), await StatusAsync(_newest)), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Images_may_have_been_fetched_before_counting_began_and_stay_for_thirty_days() =>
        Assert.That(await OutputAsync("prune", "--keep", "1", "-y"), Is.Empty);

    [Test]
    public async Task An_origin_of_an_image_that_stays_stays()
    {
        await Server.Admin.PublishAsync(("name", "app"), ("origin", _old));
        Assert.That(await OutputAsync("prune", "--keep", "1", "--fetched-within", "0", "-y"), Is.Empty);
    }

    [Test]
    public async Task A_script_must_say_yes_beforehand()
    {
        var (code, _, error) = await Client.RunAsync("prune", "--keep", "1", "--fetched-within", "0");
        Assert.That((code, await StatusAsync(_old)), Is.EqualTo((2, HttpStatusCode.OK)));
        Assert.That(error, Does.Contain("-y"));
    }

    [Test]
    public async Task What_the_server_refuses_is_reported_and_does_not_stop_the_rest()
    {
        using var publisher = Server.As(Team.Publisher);
        var own = await publisher.PublishAsync(("name", "zoo"), ("version", "1"));
        await publisher.PublishAsync(("name", "zoo"), ("version", "2"));
        await File.WriteAllTextAsync(Client.Combine("password"), Team.Publisher);
        var (code, output, error) = await Client.RunAsync(
            "prune", "--keep", "1", "--fetched-within", "0", "-y", "-q", "--url", $"http://{Team.Publisher}@{Server.Address.Authority}", "--password-file", "password");
        Assert.That((code, output), Is.EqualTo((1, $"{own}\n")), error);
        Assert.That(error, Does.Contain($"web@1 ({_old}) was not deleted").And.Contain("(NotAuthorized)"));
    }

    [TestCase("prune needs --keep, --older-than or --unactivated")]
    [TestCase("--keep needs a number from 1 to 10000", "--keep", "0")]
    [TestCase("--older-than needs a number from 1 to 10000", "--older-than", "-3")]
    [TestCase("--unactivated needs a number from 1 to 10000", "--unactivated", "10001")]
    public async Task Wrong_options_are_refused(string problem, params string[] options)
    {
        var (code, _, error) = await Client.RunAsync(["prune", .. options]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain(problem));
    }

    [Test]
    public async Task Show_prints_the_downloads_of_an_image()
    {
        await Server.Anonymous.GetAnswerAsync($"/images/{_newest}/file");
        await Eventually.TrueAsync(async () => (await OutputAsync("show", _newest)).Contains("fetches\t1\n", StringComparison.Ordinal));
    }
}
