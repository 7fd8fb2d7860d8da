using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>A data folder whose server gets channels, or loses them (contract 8).</summary>
[TestFixture]
internal sealed class ChannelDataChecks
{
    private static readonly (string Name, string Value) Version2 = ("accept-version", "~2");

    private TemporaryFolder _folder = null!;
    private string _image = null!;

    [SetUp]
    public async Task PublishWithoutChannelsAsync()
    {
        _folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(dataFolder: _folder.Path);
        _image = await server.Admin.PublishAsync();
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task An_image_from_before_the_channels_is_in_the_default_channel()
    {
        await using var server = await StartWithChannelsAsync();
        Assert.That((await server.Anonymous.GetAnswerAsync("/images", Version2)).Text, Does.Contain(_image).And.Contain("\"dev\""));
    }

    [Test]
    public async Task An_image_keeps_its_channels_while_the_server_has_none()
    {
        await using (var server = await StartWithChannelsAsync())
        {
            await server.Admin.ActAsync(_image, "update", Requests.Json("""{"channels":["dev","release"]}"""));
        }

        await using (var server = await TestServer.StartAsync(dataFolder: _folder.Path))
        {
            Assert.That((await server.Anonymous.GetAnswerAsync($"/images/{_image}", Version2)).Keys, Does.Not.Contain("channels"));
            await server.Admin.ActAsync(_image, "update", Requests.Json("""{"description":"x"}"""));
        }

        await using var again = await StartWithChannelsAsync();
        Assert.That((await again.Anonymous.GetAnswerAsync($"/images/{_image}", Version2)).Text, Does.Contain("\"release\""));
    }

    private Task<TestServer> StartWithChannelsAsync() => TestServer.StartAsync(dataFolder: _folder.Path, configure: WithChannels);

    private static ServerConfiguration WithChannels(ServerConfiguration configuration)
    {
        var dev = new Channel("dev", "for developers");
        return configuration with { Rules = configuration.Rules with { Channels = new ChannelSet([dev], dev) } };
    }
}
