using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Servers without a default channel, without channels, and data that moves between them.</summary>
[TestFixture]
internal sealed class ChannelSetupChecks() : ContractFixture(ServerMode.Public)
{
    private static readonly Channel Dev = new("dev", "for developers");
    private static readonly (string, string) Second = ("accept-version", "~2");

    private static Func<ServerConfiguration, ServerConfiguration> With(Channel? byDefault) =>
        configuration => configuration with { Rules = configuration.Rules with { Channels = new ChannelSet([Dev], byDefault) } };

    [Test]
    public async Task Check_166_a_server_without_channels_does_not_know_them()
    {
        AssertNotFound(await Anonymous.GetAnswerAsync("/channels"), "/channels does not exist");
        AssertNotFound(await Admin.DeleteAnswerAsync("/channels"), "/channels does not exist");
        AssertImage(await Anonymous.GetAnswerAsync("/images?channel=bogus"));
        var created = await Admin.PostAnswerAsync("/images?channel=bogus", Requests.Manifest(("channels", new[] { "dev" })), Second);
        AssertImage(created);
        Assert.That(created.Keys, Does.Not.Contain("channels"));
        AssertImage(await Admin.GetAnswerAsync($"/images/{created.Uuid}?channel=bogus"));
        AssertRefused(
            await Admin.PostAnswerAsync($"/images/{created.Uuid}?action=channel-add", Requests.Json("""{"channel":"dev"}""")),
            422, "InvalidParameter", "action:Invalid");
        var update = await Admin.PostAnswerAsync($"/images/{created.Uuid}?action=update", Requests.Json("""{"channels":["dev"]}"""));
        AssertRefused(update, 422, "ValidationFailed", "channels:Invalid");
        Assert.That(update.Text, Does.Contain("channels is invalid with an IMGAPI not configured for channels"));
    }

    [Test]
    public async Task Check_167_without_a_default_requests_name_their_channel()
    {
        await using var server = await TestServer.StartAsync(ServerMode.Public, configure: With(byDefault: null));
        var answer = await server.Anonymous.GetAnswerAsync("/images");
        AssertRefused(answer, 422, "ValidationFailed", "channel:MissingParameter");
        Assert.That(answer.Message, Is.EqualTo("channel not specified and the server has no default channel"));
        AssertRefused(await server.Anonymous.GetAnswerAsync("/images?channel="), 422, "ValidationFailed", "channel:MissingParameter");
        AssertImage(await server.Anonymous.GetAnswerAsync("/images?channel=*"));
        AssertImage(await server.Anonymous.GetAnswerAsync("/images?channel=dev"));
        AssertImage(await server.Anonymous.GetAnswerAsync("/ping"));
        AssertRefused(await server.Admin.PostAnswerAsync("/images", Requests.Manifest()), 422, "ValidationFailed", "channel:MissingParameter");
        Assert.That((await server.Anonymous.GetAnswerAsync("/channels")).Text, Does.Not.Contain("default"));
    }

    [Test]
    public async Task Images_from_before_the_channels_are_in_the_default_one_and_keep_theirs_when_channels_go()
    {
        using var folder = new TemporaryFolder();
        string before;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            before = await server.Admin.PublishAsync();
        }

        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path, configure: With(Dev)))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync("/images", Second)).Text, Does.Contain(before).And.Contain("\"dev\""));
            await server.Admin.ActAsync(before, "update", Requests.Json("""{"channels":["dev","release"]}"""));
        }

        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{before}", Second)).Keys, Does.Not.Contain("channels"));
            await server.Admin.ActAsync(before, "update", Requests.Json("""{"description":"x"}"""));
        }

        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path, configure: With(Dev)))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{before}", Second)).Text, Does.Contain("\"release\""));
        }
    }
}
