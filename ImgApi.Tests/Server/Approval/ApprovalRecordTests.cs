using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>How the server keeps requests for approval.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ApprovalRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<TestServer> StartAsync(bool requiresApproval = true) => TestServer.StartAsync(
        dataFolder: _folder.Make("data"), configure: configuration => Team.With(configuration) with { Approval = requiresApproval });

    [Test]
    public async Task A_request_survives_a_restart_with_and_without_the_start_index([Values] bool isIndexed, [Values] bool isRejected)
    {
        string before, uuid;
        await using (var server = await StartAsync())
        {
            using var publisher = server.As(Team.Publisher);
            uuid = await ApprovalFixture.AskAsync(publisher);
            if (isRejected)
            {
                await ApprovalFixture.ActAsync(server.Admin, uuid, "reject", new { reason = "no version" });
            }

            before = $"{await ApprovalFixture.RequestAsync(publisher, uuid)}";
        }

        if (!isIndexed)
        {
            File.Delete(_folder.Combine("data", ".imgapi-index"));
        }

        await using var again = await StartAsync();
        Assert.That($"{await ApprovalFixture.RequestAsync(again.Admin, uuid)}", Is.EqualTo(before).And.Contains(uuid));
    }

    [Test]
    public async Task A_request_that_was_answered_survives_a_kill()
    {
        var config = _folder.Write("config.json", $$"""
            { "datadir": "{{_folder.Combine("data")}}", "port": 0, "address": "127.0.0.1", "approval": true,
              "userdb": [{ "name": "admin", "password": "secret" }, { "name": "ann", "password": "ann", "role": "publish" }] }
            """);
        string uuid;
        await using (var server = await ServerProcess.StartAsync(config))
        {
            using var publisher = Client(server, "ann", "ann");
            uuid = await ApprovalFixture.AskAsync(publisher);
            await server.KillAsync();
        }

        await using var next = await ServerProcess.StartAsync(config);
        using var admin = Client(next, TestServer.User, TestServer.Password);
        Assert.That((int)(await ApprovalFixture.ActAsync(admin, uuid, "approve")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_publisher_activates_a_waiting_image_once_the_server_demands_no_approval()
    {
        string uuid;
        await using (var server = await StartAsync())
        {
            using var publisher = server.As(Team.Publisher);
            uuid = await ApprovalFixture.AskAsync(publisher);
        }

        await using var again = await StartAsync(requiresApproval: false);
        using var publisherAgain = again.As(Team.Publisher);
        await publisherAgain.ActAsync(uuid, "activate");
        Assert.That(await ApprovalFixture.RequestAsync(publisherAgain, uuid), Is.Null);
    }

    private static HttpClient Client(ServerProcess server, string user, string password) => new()
    {
        BaseAddress = server.Address,
        DefaultRequestHeaders = { Authorization = TestServer.Basic(user, password) },
    };
}
