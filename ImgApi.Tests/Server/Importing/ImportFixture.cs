using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Server.Importing;

/// <summary>Two servers of ours: one has a chain of three images, the other one imports. Waits between attempts are next to nothing.</summary>
internal abstract class ImportFixture
{
    protected TestServer Source { get; private set; } = null!;

    protected TestServer Server { get; private set; } = null!;

    protected ImageChain Chain { get; private set; } = null!;

    protected HttpClient Admin => Server.Admin;

    /// <summary>Replaces services of the importing server; null replaces none.</summary>
    protected virtual Action<IServiceCollection>? Replace => null;

    [SetUp]
    public async Task StartAsync()
    {
        Source = await TestServer.StartAsync();
        Server = await TestServer.StartAsync(configure: Configure, replace: Replace);
        Chain = await ImageChain.PublishAsync(Source.Admin);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        await Source.DisposeAsync();
    }

    protected virtual ServerConfiguration Configure(ServerConfiguration configuration) => Impatient(configuration);

    protected static ServerConfiguration Impatient(ServerConfiguration configuration) =>
        configuration with { Remote = configuration.Remote with { FirstWait = TimeSpan.FromMilliseconds(1) } };

    /// <summary>The base image here, without its file.</summary>
    protected async Task<string> BaseWithoutFileAsync()
    {
        AssertOk(await Admin.ImportFromAsync(Chain.Base, Source.Address));
        return Chain.Base;
    }

    protected async Task AssertNothingStaysAsync(string uuid)
    {
        var image = await Admin.GetAnswerAsync($"/images/{uuid}");
        Assert.That(image.Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Select(Path.GetFileName), Is.EqualTo(new[] { "manifest.json" }));
    }

    protected async Task AssertIsCopyAsync(string uuid)
    {
        var (there, here) = (await Source.Anonymous.GetAnswerAsync($"/images/{uuid}"), await Admin.GetAnswerAsync($"/images/{uuid}"));
        Assert.That(here.Text, Is.EqualTo(there.Text));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes, Is.EqualTo(Chain.FileOf(uuid)));
    }

    protected static void AssertOk(Answer answer) => Assert.That((int)answer.Status, Is.EqualTo(200), answer.Text);

    protected static void AssertRefused(Answer answer, int status, string code, string? message = null)
    {
        Assert.That(((int)answer.Status, answer.Code), Is.EqualTo((status, code)), answer.Text);
        if (message is not null)
        {
            Assert.That(answer.Message, Is.EqualTo(message));
        }
    }

    protected static string ManifestOf(string uuid, string more = "") =>
        $$"""{"v":2,"uuid":"{{uuid}}","owner":"{{Uuid.Zero}}","name":"a","version":"1","state":"active","disabled":false,"public":false,"type":"zone-dataset","os":"smartos"{{more}}}""";
}
