using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Approval;

/// <summary>A server with a team, on which images of publishers wait for approval.</summary>
internal abstract class ApprovalFixture
{
    protected TestServer Server { get; private set; } = null!;

    protected HttpClient Publisher { get; private set; } = null!;

    protected HttpClient OtherPublisher { get; private set; } = null!;

    protected HttpClient Manager { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Server = await TestServer.StartAsync(Mode, configure: WithApproval);
        (Publisher, OtherPublisher, Manager) = (Server.As(Team.Publisher), Server.As(Team.OtherPublisher), Server.As(Team.Manager));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var client in new[] { Publisher, OtherPublisher, Manager })
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
    }

    protected virtual ServerMode Mode => ServerMode.Mixed;

    public static ServerConfiguration WithApproval(ServerConfiguration configuration) => Team.With(configuration) with { Approval = true };

    /// <summary>Creates an image with a file, and asks for its approval.</summary>
    public static async Task<string> AskAsync(HttpClient publisher, params (string Key, object? Value)[] changes)
    {
        var uuid = await publisher.CreateAsync(changes);
        await publisher.UploadAsync(uuid);
        await ActAsync(publisher, uuid, "activate");
        return uuid;
    }

    public static Task<Answer> ActAsync(HttpClient client, string uuid, string action, object? body = null) =>
        client.PostAnswerAsync($"/images/{uuid}?action={action}", body is null ? null : Requests.Json(body));

    /// <summary>The request for the approval of an image that a user sees; null if there is none.</summary>
    public static async Task<JsonElement?> RequestAsync(HttpClient client, string uuid) =>
        (await client.GetAnswerAsync("/approvals")).Json.EnumerateArray().Where(one => one.GetProperty("uuid").GetString() == uuid)
            .Select(one => (JsonElement?)one).SingleOrDefault();

    protected Task<Answer> RejectAsync(string uuid, string reason = "no version") => ActAsync(Manager, uuid, "reject", new { reason });

    protected async Task<string?> StateAsync(string uuid) =>
        (await Server.Admin.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("state").GetString();
}
