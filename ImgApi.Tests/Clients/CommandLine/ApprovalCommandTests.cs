using ImgApi.Tests.Server.Approval;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.CommandLine;

/// <summary><c>imgapi approvals</c>, <c>approve</c> and <c>reject</c>, and what publishers read of them.</summary>
[TestFixture]
internal sealed class ApprovalCommandTests : ClientFixture
{
    private HttpClient _publisher = null!;
    private ClientProgram _publishing = null!;

    protected override Task<TestServer> StartServerAsync() => TestServer.StartAsync(configure: ApprovalFixture.WithApproval);

    [OneTimeSetUp]
    public void StartPublisher()
    {
        _publisher = Server.As(Team.Publisher);
        _publishing = ClientProgram.Of(Server.Address);
        _publishing.Environment["IMGAPI_URL"] = $"http://{Team.Publisher}@{Server.Address.Authority}";
        _publishing.Environment["IMGAPI_PASSWORD"] = Team.Publisher;
    }

    [OneTimeTearDown]
    public void StopPublisher()
    {
        _publisher.Dispose();
        _publishing.Dispose();
    }

    private Task<string> AskAsync() => ApprovalFixture.AskAsync(_publisher, ("name", "web"), ("version", "1.2"));

    private async Task<string> PublisherOutputAsync(params string[] arguments)
    {
        var (code, output, error) = await _publishing.RunAsync(arguments);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    [Test]
    public async Task Waiting_images_are_lines_of_a_table()
    {
        var uuid = await AskAsync();
        Assert.That(await OutputAsync("approvals"), Does.Match($@"(?m)^{uuid}\tweb\t1\.2\tpublisher\t[0-9TZ:.-]+\twaiting\t-$"));
    }

    [Test]
    public async Task Json_has_the_requests_as_the_server_sent_them()
    {
        var uuid = await AskAsync();
        Assert.That((await JsonAsync("approvals")).EnumerateArray().Select(one => (one.Text("uuid"), one.Text("state"))), Does.Contain((uuid, "waiting")));
    }

    [Test]
    public async Task An_image_is_approved()
    {
        var uuid = await AskAsync();
        Assert.That(await OutputAsync("approve", uuid), Is.EqualTo($"Approved web@1.2 ({uuid})\n"));
        Assert.That((await ManifestAsync(uuid)).Text("state"), Is.EqualTo("active"));
    }

    [Test]
    public async Task An_approval_for_another_request_fails()
    {
        var (code, _, error) = await Client.RunAsync("approve", await AskAsync(), "--requested", "2026-01-02T03:04:05.000Z");
        Assert.That((code, error), Is.EqualTo((1, error)));
        Assert.That(error, Does.Contain("waits for approval since").And.Contain("after it was changed"));
    }

    [Test]
    public async Task The_publisher_reads_the_reason_of_a_rejection()
    {
        var uuid = await AskAsync();
        await OutputAsync("reject", uuid, "no version");
        Assert.That(await PublisherOutputAsync("approvals"), Does.Match($@"(?m)^{uuid}\t.*\trejected\tno version$"));
    }

    [Test]
    public async Task A_published_image_waits()
    {
        var stream = _publishing.Write("fs-full.zfs.xz", StreamFiles.Xz("fs-full"));
        var output = await PublisherOutputAsync("publish", "name=app", "version=1", "os=smartos", "type=zone-dataset", "-f", stream);
        Assert.That(output, Does.Match(@"\AWaits for approval: app@1 \([0-9a-f-]{36}\)\n\z"));
    }

    [Test]
    public async Task An_activated_image_waits()
    {
        var uuid = await _publisher.CreateAsync(("name", "db"));
        await _publisher.UploadAsync(uuid);
        Assert.That(await PublisherOutputAsync("activate", uuid), Is.EqualTo($"Waits for approval: db@1.0.0 ({uuid})\n"));
    }
}
