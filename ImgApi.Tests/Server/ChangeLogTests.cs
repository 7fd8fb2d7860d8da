using System.Net;
using System.Net.Sockets;
using System.Text;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Server;

/// <summary>The log for operators: each change once, expected failures without stack traces, damage once an hour.</summary>
[TestFixture]
internal sealed class ChangeLogTests
{
    private const string StackFrame = "   at ";

    private readonly FakeTimeProvider _clock = new();
    private LogRecorder _log = null!;
    private TestServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _log = new LogRecorder();
        _server = await TestServer.StartAsync(
            configure: configuration => configuration with { Users = [.. configuration.Users, new("eve status=200", "x")] },
            replace: services => services.AddSingleton<TimeProvider>(_clock).AddSingleton<ILoggerProvider>(_log));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    private string[] Changes => [.. _log.Lines.Where(line => line.StartsWith("user=", StringComparison.Ordinal))];

    [Test]
    public async Task A_check_of_a_manifest_is_not_logged_as_a_change()
    {
        await _server.Admin.PostAnswerAsync("/ui/checks/manifest", Requests.Manifest());
        Assert.That(Changes, Is.Empty);
    }

    [Test]
    public async Task A_created_image_is_logged_in_one_line()
    {
        var answer = await _server.Admin.PostAnswerAsync("/images", Requests.Manifest(("name", "base"), ("version", "1.0")));
        Assert.That(Changes[^1], Is.EqualTo(
            $"user=admin address=127.0.0.1 action=CreateImage image={answer.Uuid} name=base version=1.0 status=200 request={answer.Header("x-request-id")}"));
    }

    [Test]
    public async Task An_action_is_logged_with_its_name_in_the_request()
    {
        var uuid = await _server.Admin.PublishAsync();
        Assert.That(Changes[^1], Does.Contain($"action=activate image={uuid}"));
    }

    [Test]
    public async Task A_deletion_is_logged_with_the_name_of_the_image()
    {
        var uuid = await _server.Admin.CreateAsync(("name", "gone"));
        await _server.Admin.DeleteAsync($"/images/{uuid}");
        Assert.That(Changes[^1], Does.Contain($"action=DeleteImage image={uuid} name=gone").And.Contain("status=204"));
    }

    [Test]
    public async Task A_head_request_that_commits_an_upload_is_logged_below_the_path_prefix()
    {
        await using var server = await TestServer.StartAsync(
            configure: configuration => configuration with { PathBase = "/prefix/" },
            replace: services => services.AddSingleton<ILoggerProvider>(_log));
        var uuid = (await server.Admin.PostAnswerAsync("/prefix/images", Requests.Manifest(("type", "other")))).Uuid;
        var url = $"/prefix/images/{uuid}/file/uploads";
        var created = await server.Admin.PostAnswerAsync(url, null, ResumableUpload.Version, ("Upload-Length", "3"), ("Upload-Metadata", "compression bm9uZQ=="));
        var upload = new ResumableUpload(server.Admin, created.Header("Location")!);
        // As if the process had been killed after the last byte.
        await File.WriteAllBytesAsync(Path.Combine(server.DataFolder, ".imgapi-uploads", $"{upload.Id}.bytes"), [1, 2, 3]);
        await upload.HeadAsync();
        await upload.HeadAsync();
        Assert.That(Changes.Where(line => line.Contains("action=GetUpload", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_user_name_with_spaces_is_logged_in_quotes()
    {
        using var client = new HttpClient
        {
            BaseAddress = _server.Address,
            DefaultRequestHeaders = { Authorization = TestServer.Basic("eve status=200", "x") },
        };
        await client.CreateAsync();
        Assert.That(Changes[^1], Does.StartWith("user=\"eve status=200\" address="));
    }

    [Test]
    public async Task An_action_of_an_operation_is_logged_with_the_name_of_the_operation()
    {
        var uuid = await _server.Admin.CreateAsync();
        await _server.Admin.PostAnswerAsync($"/images/{uuid}/acl?action=add", Requests.Json(new[] { Guid.NewGuid() }));
        Assert.That(Changes[^1], Does.Contain($"action=ChangeImageAcl/add image={uuid}"));
    }

    [Test]
    public async Task An_aborted_request_is_not_logged_as_a_change()
    {
        var before = Changes.Length;
        await AbortCreateAsync();
        Assert.That(Changes, Has.Length.EqualTo(before));
    }

    [Test]
    public async Task An_aborted_request_is_logged_without_a_stack_trace()
    {
        await AbortCreateAsync();
        Assert.That(_log.Lines, Has.None.Contain(StackFrame));
    }

    [Test]
    public async Task Each_image_that_a_job_imports_is_logged_in_one_line()
    {
        await using var source = await TestServer.StartAsync();
        var uuid = await source.Admin.PublishAsync(("name", "far"));
        await _server.Admin.JobEndAsync(await _server.Admin.StartJobAsync(uuid, source.Address));
        Assert.That(Changes, Has.One.StartsWith($"user=- address=- action=import-remote/job image={uuid} name=far version=1.0.0 status=200 request="));
    }

    [Test]
    public async Task A_read_is_not_logged_as_a_change()
    {
        var before = Changes.Length;
        await _server.Admin.GetAnswerAsync("/images");
        Assert.That(Changes, Has.Length.EqualTo(before));
    }

    [Test]
    public async Task A_refused_change_is_not_logged_as_a_change()
    {
        var before = Changes.Length;
        await _server.Admin.PostAnswerAsync("/images", Requests.Json(new { }));
        Assert.That(Changes, Has.Length.EqualTo(before));
    }

    [Test]
    public async Task A_request_for_an_unsupported_feature_is_logged_without_a_stack_trace()
    {
        var answer = await _server.Admin.PostAnswerAsync("/images?action=import-lxd-image&alias=images:x");
        Assert.That((int)answer.Status, Is.GreaterThanOrEqualTo(500), answer.Text);
        Assert.That(_log.Lines, Has.None.Contain(StackFrame));
    }

    [Test]
    public async Task Damaged_content_is_logged_once_an_hour()
    {
        var uuid = await _server.Admin.PublishAsync();
        await DamageFileAsync(uuid);
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await _server.Admin.GetAnswerAsync($"/images/{uuid}/file")).Status, Is.EqualTo(HttpStatusCode.InternalServerError));
        }

        Assert.That(CountDamageLines(uuid), Is.EqualTo(1));
    }

    [Test]
    public async Task Damaged_content_is_logged_again_an_hour_later()
    {
        var uuid = await _server.Admin.PublishAsync();
        await DamageFileAsync(uuid);
        await _server.Admin.GetAnswerAsync($"/images/{uuid}/file");
        _clock.Advance(TimeSpan.FromMinutes(61));
        await _server.Admin.GetAnswerAsync($"/images/{uuid}/file");
        Assert.That(CountDamageLines(uuid), Is.EqualTo(2));
    }

    /// <summary>Resets the connection after the server has asked for the body, and waits until the server has noticed.</summary>
    private async Task AbortCreateAsync()
    {
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
            var credentials = TestServer.Basic(TestServer.User, TestServer.Password);
            await client.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /images HTTP/1.1\r\nHost: x\r\nAuthorization: {credentials}\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n"));
            Assert.That(await client.ReceiveAsync(new byte[100]), Is.Not.Zero);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Contains("was aborted", StringComparison.Ordinal)));
    }

    private Task DamageFileAsync(string uuid) =>
        File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(_server.DataFolder, uuid), "image-*").Single(), "x");

    private int CountDamageLines(string uuid) => _log.Lines.Count(line => line.Contains($"the stored content of image \"{uuid}\" is damaged", StringComparison.Ordinal));
}
