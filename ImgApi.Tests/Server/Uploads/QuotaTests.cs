using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Uploads;

/// <summary>The quota of a user, 1000 bytes, and that of all users, 1500 bytes.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class QuotaTests : IAsyncDisposable
{
    private readonly Task<TestServer> _starting = TestServer.StartAsync(configure: configuration => Team.With(configuration) with
    {
        Quota = 1500,
        Users = [.. Team.With(configuration).Users.Select(user => user.Name == Team.Publisher ? user with { Quota = 1000 } : user)],
    });

    private TestServer _server = null!;
    private HttpClient _publisher = null!;
    private string _uuid = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _server = await _starting;
        _publisher = _server.As(Team.Publisher);
        _uuid = await _publisher.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        await _server.DisposeAsync();
    }

    private static Task<Answer> PutAsync(HttpClient client, string uuid, int bytes, bool announced = true)
    {
        var body = new StreamContent(new MemoryStream(new byte[bytes]));
        body.Headers.ContentLength = announced ? bytes : null;
        return client.PutAnswerAsync($"/images/{uuid}/file?compression=gzip", body, announced ? [] : [("Transfer-Encoding", "chunked")]);
    }

    /// <summary>The page of the server, for a user who manages it.</summary>
    private async Task<string> UseAsync()
    {
        using var browser = new PageClient(_server);
        await browser.SignInAsync();
        return (await browser.OpenAsync("/ui/server")).Text;
    }

    private static void AssertRefused(Answer answer, string message) =>
        Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((HttpStatusCode.InsufficientStorage, "InsufficientStorage", message)));

    [Test]
    public async Task An_upload_beyond_the_quota_of_the_publisher_is_refused_and_changes_nothing([Values] bool announced)
    {
        await _publisher.UploadAsync(_uuid, new byte[600]);
        var before = (await _publisher.GetAnswerAsync($"/images/{_uuid}")).Text;
        AssertRefused(await PutAsync(_publisher, await _publisher.CreateAsync(), 401, announced), "quota of user publisher: 1000 B, 600 B used");
        Assert.That((await _publisher.GetAnswerAsync($"/images/{_uuid}")).Text, Is.EqualTo(before));
    }

    [Test]
    public async Task An_upload_that_fits_exactly_is_accepted([Values] bool announced) =>
        Assert.That((await PutAsync(_publisher, _uuid, 1000, announced)).Status, Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task An_announced_upload_beyond_the_quota_is_refused_before_its_body_is_read()
    {
        var login = $"Authorization: {TestServer.Basic(Team.Publisher, Team.Publisher)}\r\n";
        var answer = await RawHttp.SendHeadersAsync(
            _server.Address, $"PUT /images/{_uuid}/file?compression=gzip HTTP/1.1\r\nHost: x\r\n{login}Content-Length: 1001\r\n\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 507 "));
    }

    [Test]
    public async Task The_announced_bytes_of_a_running_upload_count()
    {
        using var body = new GatedContent(new byte[10], new byte[590]);
        var running = _publisher.PutAnswerAsync($"/images/{_uuid}/file?compression=gzip", body);
        await Eventually.TrueAsync(async () => (await UseAsync()).Contains("600 B of 1000 B", StringComparison.Ordinal));
        AssertRefused(await PutAsync(_publisher, await _publisher.CreateAsync(), 401), "quota of user publisher: 1000 B, 600 B used");
        body.LetGo();
        Assert.That((await running).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_bytes_of_an_upload_that_failed_do_not_count_any_more()
    {
        await _publisher.PutAnswerAsync($"/images/{_uuid}/file?compression=gzip&sha1={new string('a', 40)}", Requests.Bytes(new byte[900]));
        Assert.That((await PutAsync(_publisher, _uuid, 1000)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task An_open_resumable_upload_counts_with_its_whole_length()
    {
        await ResumableUpload.BeginAsync(_publisher, _uuid, 600);
        AssertRefused(await PutAsync(_publisher, await _publisher.CreateAsync(), 401), "quota of user publisher: 1000 B, 600 B used");
    }

    [Test]
    public async Task A_resumable_upload_beyond_the_quota_is_refused_when_it_begins()
    {
        AssertRefused(await ResumableUpload.CreateAsync(_publisher, _uuid, "1001"), "quota of user publisher: 1000 B, 0 B used");
    }

    [Test]
    public async Task The_quota_of_all_users_limits_users_without_one()
    {
        await _publisher.UploadAsync(_uuid, new byte[600]);
        AssertRefused(await PutAsync(_server.Admin, await _server.Admin.CreateAsync(), 901), "quota of all users: 1.5 KiB, 600 B used");
    }

    [Test]
    public async Task The_files_of_other_publishers_do_not_count_for_a_user()
    {
        await _server.Admin.UploadAsync(await _server.Admin.CreateAsync(), new byte[400]);
        Assert.That((await PutAsync(_publisher, _uuid, 1000)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_manager_who_uploads_for_an_image_uses_the_quota_of_its_publisher() =>
        AssertRefused(await PutAsync(_server.Admin, _uuid, 1001), "quota of user publisher: 1000 B, 0 B used");

    [Test]
    public async Task A_deleted_image_makes_room()
    {
        await _publisher.UploadAsync(_uuid, new byte[1000]);
        await _publisher.DeleteAnswerAsync($"/images/{_uuid}");
        Assert.That((await PutAsync(_publisher, await _publisher.CreateAsync(), 1000)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_page_of_the_server_shows_the_use_of_quotas_to_those_who_manage_it()
    {
        await _publisher.UploadAsync(_uuid, new byte[600]);
        Assert.That(await UseAsync(), Does.Contain("<dt>Quota of <bdi>publisher</bdi></dt><dd>600 B of 1000 B</dd>"));
    }
}
