using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Contents;

/// <summary>The configuration key <c>contentCheck</c>.</summary>
[TestFixture]
internal sealed class ContentCheckTests
{
    private const string Incremental = "the stream is incremental, but the image has no origin";

    private static Task<TestServer> StartAsync(ContentCheck check) => TestServer.StartAsync(
        configure: configuration => configuration with { Rules = configuration.Rules with { ContentCheck = check } });

    private static Task<Answer> PutAsync(TestServer server, string uuid, string more = "", byte[]? bytes = null) => server.Admin.PutAnswerAsync(
        $"/images/{uuid}/file?compression=xz{more}", Requests.Bytes(bytes ?? StreamFiles.Xz("fs-incr")));

    [Test]
    public async Task Refuse_refuses_an_upload_with_a_finding_and_keeps_nothing()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        var answer = await PutAsync(server, uuid);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ContentCheckFailed")));
        Assert.That(answer.Message, Does.StartWith(Incremental).And.Contain("force=true"));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(server.DataFolder, uuid)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Refuse_refuses_a_stream_that_ends_in_its_first_record([Values(20, 200)] int length, [Values("none", "gzip")] string compression)
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var beginning = StreamFiles.Of("fs-full")[..length];
        var answer = await server.Admin.PutAnswerAsync(
            $"/images/{await server.Admin.CreateAsync()}/file?compression={compression}",
            Requests.Bytes(compression == "gzip" ? Samples.Compress(beginning) : beginning));
        Assert.That(answer.Text, Does.Contain("the file ends where its ZFS send stream begins"));
    }

    [Test]
    public async Task Refuse_refuses_a_truncated_gzip_file()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        var cut = Samples.Compress(StreamFiles.Of("fs-full"))[..5000];
        var answer = await server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes(cut));
        Assert.That(answer.Text, Does.Contain("cannot be decompressed"));
    }

    [Test]
    public async Task Refuse_accepts_a_file_without_findings()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        Assert.That((int)(await PutAsync(server, uuid, bytes: StreamFiles.Xz("fs-full"))).Status, Is.EqualTo(200));
        await server.Admin.ActAsync(uuid, "activate");
    }

    [Test]
    public async Task Force_makes_a_refused_upload_a_warning()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var answer = await PutAsync(server, await server.Admin.CreateAsync(), "&force=true");
        Assert.That(answer.Header("Warning"), Is.EqualTo($"299 imgapi \"{Incremental}\""));
    }

    [Test]
    public async Task Refuse_refuses_the_activation_of_an_image_whose_upload_was_forced()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        await PutAsync(server, uuid, "&force=true");
        var refused = await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.That(((int)refused.Status, refused.Code), Is.EqualTo((422, "ContentCheckFailed")));
    }

    [Test]
    public async Task Force_makes_a_refused_activation_a_warning()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        await PutAsync(server, uuid, "&force=true");
        var forced = await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate&force=true");
        Assert.That((forced.Json.GetProperty("state").GetString(), forced.Header("Warning")), Is.EqualTo(("active", $"299 imgapi \"{Incremental}\"")));
    }

    [Test]
    public async Task An_upload_with_a_force_that_is_not_a_boolean_is_refused()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        Assert.That((await PutAsync(server, await server.Admin.CreateAsync(), "&force=yes")).Errors, Is.EqualTo(new[] { "force:Invalid" }));
    }

    [Test]
    public async Task An_activation_with_a_force_that_is_not_a_boolean_is_refused()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var answer = await server.Admin.PostAnswerAsync($"/images/{await server.Admin.CreateAsync()}?action=activate&force=yes");
        Assert.That(answer.Errors, Is.EqualTo(new[] { "force:Invalid" }));
    }

    [Test]
    public async Task Force_does_not_override_the_refusal_of_a_wrong_format()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var answer = await PutAsync(server, await server.Admin.CreateAsync(), "&force=true", Samples.Gzip);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((400, "Download")));
    }

    [Test]
    public async Task Off_does_not_read_the_stream()
    {
        await using var server = await StartAsync(ContentCheck.Off);
        var answer = await PutAsync(server, await server.Admin.CreateAsync());
        Assert.That(((int)answer.Status, answer.Header("Warning")), Is.EqualTo((200, (string?)null)));
        Assert.That(answer.Json.GetProperty("files")[0].TryGetProperty("dataset_guid", out _), Is.False);
    }

    [Test]
    public async Task Off_refuses_a_file_of_another_format_than_declared()
    {
        await using var server = await StartAsync(ContentCheck.Off);
        Assert.That((int)(await PutAsync(server, await server.Admin.CreateAsync(), bytes: Samples.Gzip)).Status, Is.EqualTo(400));
    }
}
