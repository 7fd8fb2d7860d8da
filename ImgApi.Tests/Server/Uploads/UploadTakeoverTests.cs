using System.Net;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>Requests for one resumable upload while another one is still open, as after a connection that died unnoticed.</summary>
[TestFixture]
internal sealed class UploadTakeoverTests
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Bytes = new byte[3 * MiB];

    private LogRecorder _log = null!;
    private TestServer _server = null!;
    private string _image = null!;
    private ResumableUpload _upload = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Random.Shared.NextBytes(Bytes);
        _log = new LogRecorder();
        _server = await TestServer.StartAsync(replace: services => services.AddSingleton<ILoggerProvider>(_log));
        _image = await _server.Admin.CreateAsync(("type", "other"));
        _upload = await ResumableUpload.BeginAsync(_server.Admin, _image, Bytes.Length, "compression=none");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    private string File => Path.Combine(_server.DataFolder, ".imgapi-uploads", $"{_upload.Id}.bytes");

    /// <summary>Sends the first bytes of a part that stalls, all of them, and waits until the server has written some.</summary>
    private async Task<(GatedContent Body, Task<Answer> Answer)> StallAsync(int from, int count)
    {
        var body = new GatedContent(Bytes[from..(from + count)], Bytes[(from + count)..]);
        var answer = _upload.AppendAsync(from, body);
        await Task.WhenAny(body.Sent, answer);
        await Eventually.TrueAsync(() => new FileInfo(File).Length > from);
        return (body, answer);
    }

    /// <summary>The connection fails if the client still sends when it is closed after the answer.</summary>
    private static async Task<int?> StatusAsync(Task<Answer> answer)
    {
        try
        {
            return (int)(await answer).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [Test]
    public async Task A_head_request_ends_a_stalled_part_and_returns_all_bytes_that_arrived()
    {
        var (body, stalled) = await StallAsync(0, MiB + 300_000);
        Assert.That(await _upload.OffsetAsync(), Is.EqualTo(MiB + 300_000));
        body.LetGo();
        Assert.That(await StatusAsync(stalled), Is.EqualTo(409).Or.Null);
    }

    [Test]
    public async Task A_part_that_continues_a_stalled_one_completes_the_file()
    {
        var (body, stalled) = await StallAsync(0, MiB);
        var offset = (int)(await _upload.OffsetAsync())!;
        var (second, stalledToo) = await StallAsync(offset, MiB);
        var next = (int)(await _upload.OffsetAsync())!;
        Assert.That((await _upload.AppendAsync(next, Bytes[next..])).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await StoredFile.AssertAsync(_server.Admin, _image, Bytes);
        body.LetGo();
        second.LetGo();
        await StatusAsync(stalled);
        await StatusAsync(stalledToo);
    }

    [Test]
    public async Task A_part_that_another_request_ends_is_not_a_warning_in_the_log()
    {
        var (body, stalled) = await StallAsync(0, MiB);
        await _upload.OffsetAsync();
        body.LetGo();
        await StatusAsync(stalled);
        await _server.StopAsync();
        Assert.That(_log.Warnings.Where(line => !line.Contains("clear text", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_deletion_ends_a_stalled_part()
    {
        var (body, stalled) = await StallAsync(0, MiB);
        Assert.That((await _upload.DeleteAsync()).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(System.IO.File.Exists(File), Is.False);
        body.LetGo();
        await StatusAsync(stalled);
    }

    [Test]
    public async Task The_deletion_of_the_image_ends_a_stalled_part()
    {
        var (body, stalled) = await StallAsync(0, MiB);
        await _server.Admin.DeleteAnswerAsync($"/images/{_image}");
        Assert.That(System.IO.File.Exists(File), Is.False);
        body.LetGo();
        await StatusAsync(stalled);
    }

    [Test]
    public async Task A_request_that_is_refused_does_not_end_a_part()
    {
        var (body, running) = await StallAsync(0, MiB);
        await new ResumableUpload(_server.Anonymous, _upload.Url).HeadAsync();
        await new ResumableUpload(_server.Admin, $"{_upload.Url}?account={Guid.NewGuid()}").HeadAsync();
        body.LetGo();
        Assert.That((await running).Status, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_part_with_a_checksum_that_is_interrupted_is_removed_again()
    {
        var body = new GatedContent(Bytes[..MiB], Bytes[MiB..]);
        var stalled = _upload.AppendAsync(0, body, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"));
        await Eventually.TrueAsync(() => new FileInfo(File).Length > 0);
        Assert.That(await _upload.OffsetAsync(), Is.Zero);
        body.LetGo();
        await StatusAsync(stalled);
    }

    [Test]
    public async Task Many_requests_at_once_leave_an_upload_that_can_be_completed()
    {
        var requests = Enumerable.Range(0, 20).Select(number => number % 2 == 0
            ? StatusAsync(_upload.AppendAsync(0, Bytes[..(MiB + number)]))
            : StatusAsync(_upload.HeadAsync()));
        await Task.WhenAll(requests);
        var offset = (int)(await _upload.OffsetAsync())!;
        await _upload.AppendAsync(offset, Bytes[offset..]);
        await StoredFile.AssertAsync(_server.Admin, _image, Bytes);
    }
}
