using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>The key <c>uploadLifespanHours</c>, restarts, and unfinished uploads in <c>/health</c>.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UploadLifespanTests : IDisposable
{
    private static readonly byte[] Bytes = Samples.Compress([1, 2, 3, 4, 5]);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    private string Uploads => _folder.Combine("data", ".imgapi-uploads");

    private Task<TestServer> StartAsync(ReadAccess access = ReadAccess.Open, LogRecorder? log = null) => TestServer.StartAsync(
        dataFolder: _folder.Combine("data"),
        configure: configuration => configuration with { UploadLifespanHours = 2, ReadAccess = access },
        replace: services => services.AddSingleton<TimeProvider>(_clock).AddLogging(logging => logging.AddProvider(log ?? new LogRecorder())));

    private static async Task<ResumableUpload> BeginAsync(TestServer server, string? image = null)
    {
        var upload = await ResumableUpload.BeginAsync(server.Admin, image ?? await server.Admin.CreateAsync(), Bytes.Length);
        await upload.AppendAsync(0, Bytes[..5]);
        return upload;
    }

    private static ResumableUpload On(TestServer server, ResumableUpload upload) => new(server.Admin, new Uri(upload.Url).PathAndQuery);

    [Test]
    public async Task An_upload_expires_after_the_lifespan()
    {
        await using var server = await StartAsync();
        var upload = await BeginAsync(server);
        _clock.Advance(TimeSpan.FromHours(1.9));
        Assert.That(await upload.OffsetAsync(), Is.EqualTo(5));
        _clock.Advance(TimeSpan.FromHours(0.2));
        Assert.That((int)(await upload.HeadAsync()).Status, Is.EqualTo(404));
        await Eventually.TrueAsync(() => Directory.GetFiles(Uploads).Length == 0);
    }

    [Test]
    public async Task New_bytes_extend_the_life_of_an_upload()
    {
        await using var server = await StartAsync();
        var upload = await BeginAsync(server);
        File.SetLastWriteTimeUtc(Path.Combine(Uploads, $"{upload.Id}.bytes"), _clock.GetUtcNow().UtcDateTime.AddHours(-1.9));
        var before = DateTimeOffset.Parse((await upload.HeadAsync()).Header("Upload-Expires")!, null);
        var after = DateTimeOffset.Parse((await upload.AppendAsync(5, Bytes[5..6])).Header("Upload-Expires")!, null);
        Assert.That(after - before, Is.GreaterThan(TimeSpan.FromHours(1.8)));
    }

    [Test]
    public async Task An_upload_continues_after_a_restart()
    {
        ResumableUpload upload;
        await using (var first = await StartAsync())
        {
            upload = await BeginAsync(first);
        }

        await using var server = await StartAsync();
        Assert.That(await On(server, upload).OffsetAsync(), Is.EqualTo(5));
        Assert.That((int)(await On(server, upload).AppendAsync(5, Bytes[5..])).Status, Is.EqualTo(204));
        var image = new Uri(upload.Url).Segments[2].Trim('/');
        await StoredFile.AssertAsync(server.Admin, image, Bytes);
    }

    [Test]
    public async Task A_restart_deletes_no_file_that_the_server_did_not_write()
    {
        await using (var first = await StartAsync())
        {
            await BeginAsync(first);
        }

        var foreign = new[] { "notes.txt", "README.json", "x.bytes" };
        Array.ForEach(foreign, name => File.WriteAllText(Path.Combine(Uploads, name), "keep"));
        await using var server = await StartAsync();
        Assert.That(Directory.GetFiles(Uploads).Select(Path.GetFileName), Is.SupersetOf(foreign));
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{}")]
    public async Task A_restart_keeps_an_upload_whose_record_cannot_be_read_and_names_it_in_the_log(string record)
    {
        ResumableUpload upload;
        await using (var first = await StartAsync())
        {
            upload = await BeginAsync(first);
        }

        var (json, bytes) = (Path.Combine(Uploads, $"{upload.Id}.json"), Path.Combine(Uploads, $"{upload.Id}.bytes"));
        await File.WriteAllTextAsync(json, record);
        using var log = new LogRecorder();
        await using var server = await StartAsync(log: log);
        Assert.That(log.Warnings, Has.Some.StartsWith($"The upload of {json} is skipped, and its files are kept: "));
        Assert.That((File.Exists(json), File.Exists(bytes)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task The_deletion_of_an_image_deletes_its_uploads()
    {
        await using var server = await StartAsync();
        var image = await server.Admin.CreateAsync();
        var upload = await BeginAsync(server, image);
        await server.Admin.DeleteAnswerAsync($"/images/{image}");
        Assert.That(Directory.GetFiles(Uploads), Is.Empty);
        Assert.That((int)(await upload.HeadAsync()).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Health_lists_unfinished_uploads_for_callers_with_credentials_only()
    {
        await using var server = await StartAsync();
        var image = await server.Admin.CreateAsync();
        var upload = await BeginAsync(server, image);
        await (await BeginAsync(server)).AppendAsync(5, Bytes[5..]);
        var anonymous = (await server.Anonymous.GetAnswerAsync("/health")).Json;
        Assert.That((anonymous.GetProperty("unfinished_uploads").GetInt32(), anonymous.TryGetProperty("uploads", out _)), Is.EqualTo((1, false)));
        var entry = (await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("uploads").EnumerateArray().Single();
        Assert.That(
            (entry.GetProperty("upload").GetString(), entry.GetProperty("image").GetString(), entry.GetProperty("offset").GetInt32(), entry.GetProperty("length").GetInt32()),
            Is.EqualTo((upload.Id, image, 5, Bytes.Length)));
    }

    [Test]
    public async Task Health_does_not_count_uploads_for_private_images_to_callers_who_may_not_see_them()
    {
        await using var server = await StartAsync(ReadAccess.Private);
        await BeginAsync(server, await server.Admin.CreateAsync(("public", false)));
        Assert.That((await server.Anonymous.GetAnswerAsync("/health")).Json.GetProperty("unfinished_uploads").GetInt32(), Is.Zero);
    }

    [TestCase("0")]
    [TestCase("10001")]
    [TestCase("\"24\"")]
    public void An_invalid_lifespan_in_the_configuration_is_refused(string hours)
    {
        var file = _folder.Write("config.json", $$"""{"datadir":"{{_folder.Path}}","uploadLifespanHours":{{hours}}}""");
        Assert.That(Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(file))!.Message, Does.Contain("a number of hours from 1 to 10000"));
    }
}
