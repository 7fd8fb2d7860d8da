using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server;

/// <summary>An active image that <c>imgadm avail</c> cannot list makes the whole command fail on every machine, so no such image may become active.</summary>
[TestFixture]
internal sealed class UnlistableImageTests
{
    private static readonly object Tagged = new Dictionary<string, string> { ["docker:id"] = "1234" };

    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private async Task<string> CreateAsync(object? tags)
    {
        var uuid = await _server.Admin.CreateAsync(("type", ImageType.Docker), ("tags", tags));
        await _server.Admin.UploadAsync(uuid);
        return uuid;
    }

    private static void AssertRefused(Answer answer)
    {
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ValidationFailed")), answer.Text);
        Assert.That(answer.Errors, Is.EqualTo(new[] { "tags:Invalid" }));
        Assert.That(answer.Message, Does.Contain("docker:id"));
    }

    [TestCase(null)]
    [TestCase("{}")]
    [TestCase("""{"docker:id":5}""")]
    [TestCase("""{"docker:id":null}""")]
    [TestCase("""{"Docker:id":"1234"}""")]
    public async Task A_docker_image_without_its_tag_is_not_activated(string? tags)
    {
        var uuid = await CreateAsync(tags is null ? null : System.Text.Json.Nodes.JsonNode.Parse(tags));
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate"));
        Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString(), Is.EqualTo("unactivated"));
    }

    [Test]
    public async Task A_docker_image_with_its_tag_is_activated()
    {
        var uuid = await CreateAsync(Tagged);
        Assert.That((await _server.Admin.ActAsync(uuid, "activate")).Json.GetProperty("state").GetString(), Is.EqualTo("active"));
    }

    [TestCase("""{"tags":null}""")]
    [TestCase("""{"tags":{"docker:repo":"a"}}""")]
    public async Task An_update_does_not_remove_the_tag_of_an_active_docker_image(string update)
    {
        var uuid = await CreateAsync(Tagged);
        await _server.Admin.ActAsync(uuid, "activate");
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(update)));
    }

    [TestCase("""{"tags":null}""")]
    [TestCase("""{"tags":{"docker:repo":"a"}}""")]
    public async Task An_update_does_not_remove_the_tag_of_a_disabled_docker_image(string update)
    {
        var uuid = await CreateAsync(Tagged);
        await _server.Admin.ActAsync(uuid, "activate");
        await _server.Admin.ActAsync(uuid, "disable");
        AssertRefused(await _server.Admin.PostAnswerAsync($"/images/{uuid}?action=update", Requests.Json(update)));
    }

    [Test]
    public async Task An_update_removes_the_tag_of_an_unactivated_docker_image()
    {
        var uuid = await CreateAsync(Tagged);
        await _server.Admin.ActAsync(uuid, "update", Requests.Json("""{"tags":null}"""));
    }

    [Test]
    public async Task An_import_of_a_docker_image_without_its_tag_fails_before_its_file_is_downloaded()
    {
        using var folder = new TemporaryFolder();
        var uuid = Uuid.New().ToString();
        folder.Write($"data/{uuid}/manifest.json", $$"""
            {"v":2,"uuid":"{{uuid}}","owner":"{{Uuid.Zero}}","name":"a","version":"1","type":"docker","os":"linux","state":"active","disabled":false,
             "public":true,"published_at":"2026-01-01T00:00:00.000Z",
             "files":[{"sha1":"da39a3ee5e6b4b0d3255bfef95601890afd80709","size":4,"compression":"none"}]}
            """);
        await using var source = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        var job = await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, source.Address));
        Assert.That(job.ErrorOf(), Does.Contain("docker:id"));
        Assert.That(job.Text, Does.Not.Contain("add file"));
    }

    [Test]
    public async Task A_stored_active_docker_image_without_the_tag_can_be_changed()
    {
        using var folder = new TemporaryFolder();
        var uuid = Uuid.New().ToString();
        folder.Write($"data/{uuid}/manifest.json", $$"""{"uuid":"{{uuid}}","name":"a","version":"1","type":"docker","os":"linux","state":"active"}""");
        await using var server = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        await server.Admin.ActAsync(uuid, "update", Requests.Json("""{"description":"old"}"""));
        await server.Admin.ActAsync(uuid, "disable");
    }
}
