using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Contents;

/// <summary>The key <c>contentCheck</c>, and what operators get to see.</summary>
[TestFixture]
internal sealed class ContentCheckTests
{
    private const string Incremental = "the stream is incremental, but the image has no origin";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Prepare() => _folder = new TemporaryFolder();

    [TearDown]
    public void End() => _folder.Dispose();

    private Task<TestServer> StartAsync(ContentCheck check, LogRecorder? log = null) => TestServer.StartAsync(
        dataFolder: _folder.Combine("data"),
        configure: configuration => configuration with { Rules = configuration.Rules with { ContentCheck = check } },
        replace: services =>
        {
            if (log is not null)
            {
                services.AddSingleton<ILoggerProvider>(log);
            }
        });

    private static Task<Answer> PutAsync(TestServer server, string uuid, string more = "", byte[]? bytes = null) => server.Admin.PutAnswerAsync(
        $"/images/{uuid}/file?compression=xz{more}", Requests.Bytes(bytes ?? StreamFiles.Xz("fs-incr")));

    [Test]
    public async Task Refuse_refuses_an_upload_and_keeps_nothing()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        var answer = await PutAsync(server, uuid);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((422, "ContentCheckFailed")));
        Assert.That(answer.Message, Does.StartWith(Incremental).And.Contain("force=true"));
        Assert.That((await server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(server.DataFolder, uuid)), Has.Length.EqualTo(1));
    }

    [TestCase(20)]
    [TestCase(200)]
    public async Task Refuse_refuses_a_stream_that_ends_before_its_first_record_does(int length)
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        var beginning = StreamFiles.Of("fs-full")[..length];
        foreach (var (compression, bytes) in new[] { ("none", beginning), ("gzip", Samples.Compress(beginning)) })
        {
            var answer = await server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression={compression}", Requests.Bytes(bytes));
            Assert.That(answer.Text, Does.Contain("the file ends where its ZFS send stream begins"), compression);
        }
    }

    [Test]
    public async Task Refuse_refuses_a_gzip_file_that_was_cut_short()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        var cut = Samples.Compress(StreamFiles.Of("fs-full"))[..5000];
        var answer = await server.Admin.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", Requests.Bytes(cut));
        Assert.That(answer.Text, Does.Contain("cannot be decompressed"));
    }

    [Test]
    public async Task Refuse_takes_what_fits()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        Assert.That((int)(await PutAsync(server, uuid, bytes: StreamFiles.Xz("fs-full"))).Status, Is.EqualTo(200));
        await server.Admin.ActAsync(uuid, "activate");
    }

    [Test]
    public async Task Force_overrides_the_refusal_of_uploads_and_activations()
    {
        await using var server = await StartAsync(ContentCheck.Refuse);
        var uuid = await server.Admin.CreateAsync();
        Assert.That((await PutAsync(server, uuid, "&force=true")).Header("Warning"), Is.EqualTo($"299 imgapi \"{Incremental}\""));
        var refused = await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate");
        Assert.That(((int)refused.Status, refused.Code), Is.EqualTo((422, "ContentCheckFailed")));
        var forced = await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate&force=true");
        Assert.That((forced.Json.GetProperty("state").GetString(), forced.Header("Warning")), Is.EqualTo(("active", $"299 imgapi \"{Incremental}\"")));
    }

    [Test]
    public async Task Force_is_a_boolean()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var uuid = await server.Admin.CreateAsync();
        Assert.That((await PutAsync(server, uuid, "&force=yes")).Errors, Is.EqualTo(new[] { "force:Invalid" }));
        Assert.That((await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate&force=yes")).Errors, Is.EqualTo(new[] { "force:Invalid" }));
    }

    [Test]
    public async Task Force_does_not_override_a_wrong_declaration()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var answer = await PutAsync(server, await server.Admin.CreateAsync(), "&force=true", Samples.Gzip);
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((400, "Download")));
    }

    [Test]
    public async Task Off_looks_at_nothing_but_the_declared_format()
    {
        await using var server = await StartAsync(ContentCheck.Off);
        var uuid = await server.Admin.CreateAsync();
        var answer = await PutAsync(server, uuid);
        Assert.That(((int)answer.Status, answer.Header("Warning")), Is.EqualTo((200, (string?)null)));
        Assert.That(answer.Json.GetProperty("files")[0].TryGetProperty("dataset_guid", out _), Is.False);
        Assert.That((int)(await PutAsync(server, uuid, bytes: Samples.Gzip)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task What_was_seen_outlives_a_restart_and_counts_under_other_rules()
    {
        string uuid;
        await using (var before = await StartAsync(ContentCheck.Warn))
        {
            uuid = await before.Admin.CreateAsync();
            await PutAsync(before, uuid);
        }

        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await server.Admin.PostAnswerAsync($"/images/{uuid}?action=activate")).Code, Is.EqualTo("ContentCheckFailed"));
        Assert.That((await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("suspect_files").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Health_counts_for_everybody_and_lists_for_those_with_credentials()
    {
        await using var server = await StartAsync(ContentCheck.Warn);
        var uuid = await server.Admin.CreateAsync();
        await PutAsync(server, uuid);
        await PutAsync(server, await server.Admin.CreateAsync(), bytes: StreamFiles.Xz("fs-full"));
        var stranger = (await server.Anonymous.GetAnswerAsync("/health")).Json;
        Assert.That(stranger.GetProperty("suspect_files").GetInt32(), Is.EqualTo(1));
        Assert.That(stranger.TryGetProperty("suspects", out _), Is.False);
        var health = (await server.Admin.GetAnswerAsync("/health")).Json;
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("ok"));
        var warning = health.GetProperty("suspects").EnumerateArray().Single();
        Assert.That(warning.GetProperty("image").GetString(), Is.EqualTo(uuid));
        Assert.That(warning.GetProperty("reasons").EnumerateArray().Single().GetString(), Is.EqualTo(Incremental));
    }

    [Test]
    public async Task A_warning_is_a_line_of_the_log()
    {
        var log = new LogRecorder();
        await using var server = await StartAsync(ContentCheck.Warn, log);
        var uuid = await server.Admin.CreateAsync();
        await PutAsync(server, uuid);
        Assert.That(log.Warnings, Has.One.EqualTo($"image {uuid} cannot be installed: {Incremental}"));
    }

    [Test]
    public async Task An_image_of_which_nothing_was_seen_is_activated_as_before()
    {
        string uuid;
        await using (var before = await StartAsync(ContentCheck.Off))
        {
            uuid = await before.Admin.CreateAsync();
            await PutAsync(before, uuid);
        }

        await using var server = await StartAsync(ContentCheck.Refuse);
        Assert.That((await server.Admin.ActAsync(uuid, "activate")).Header("Warning"), Is.Null);
    }
}
