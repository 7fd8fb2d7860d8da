using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Authentication;

/// <summary>A server with a user of each role.</summary>
internal abstract class RoleFixture
{
    private static readonly Channel Dev = new("dev", "");

    protected TestServer Server { get; private set; } = null!;
    protected HttpClient Reader { get; private set; } = null!;
    protected HttpClient Publisher { get; private set; } = null!;
    protected HttpClient OtherPublisher { get; private set; } = null!;
    protected HttpClient Manager { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Server = await TestServer.StartAsync(configure: configuration => Team.With(configuration) with
        {
            Rules = configuration.Rules with { Channels = new ChannelSet([Dev, new Channel("release", "")], Dev) },
        });
        (Reader, Publisher, OtherPublisher, Manager) =
            (Server.As(Team.Reader), Server.As(Team.Publisher), Server.As(Team.OtherPublisher), Server.As(Team.Manager));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var client in new[] { Reader, Publisher, OtherPublisher, Manager })
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
    }

    protected const string NotPublishedByUser =
        "the role publish may not change or delete images that the user did not publish; manage and admin may";

    protected static void AssertRefused(Answer answer, string message) =>
        Assert.That(((int)answer.Status, answer.Code, answer.Message), Is.EqualTo((403, "NotAuthorized", message)));

    protected static void AssertDone(Answer answer) => Assert.That((int)answer.Status, Is.LessThan(300), answer.Text);
}
