using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ImgApi.Tests.Server.Importing;

/// <summary>
/// Two servers, which the tests of a fixture share: the source publishes a chain of three images for each test, the other one imports.
/// It waits next to no time between attempts.
/// </summary>
internal abstract class ImportFixture
{
    protected TestServer Source { get; private set; } = null!;

    protected TestServer Server { get; private set; } = null!;

    protected ImageChain Chain { get; private set; } = null!;

    protected HttpClient Admin => Server.Admin;

    /// <summary>Replaces services of the importing server; null replaces none.</summary>
    protected virtual Action<IServiceCollection>? ReplaceServices => null;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Source = await TestServer.StartAsync();
        Server = await TestServer.StartAsync(configure: Configure, replace: ReplaceServices);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        await Source.DisposeAsync();
    }

    [SetUp]
    public async Task PublishChainAsync() => Chain = await ImageChain.PublishAsync(Source.Admin);

    protected virtual ServerConfiguration Configure(ServerConfiguration configuration) => WithShortWaits(configuration);

    protected static ServerConfiguration WithShortWaits(ServerConfiguration configuration) =>
        configuration with { Remote = configuration.Remote with { FirstWait = TimeSpan.FromMilliseconds(1) } };

    /// <summary>A source with the images of <see cref="Source"/>, which answers requests for files in its own way.</summary>
    protected ScriptedServer SourceOfFiles(Func<Exchange, Task> sendFile) =>
        new(exchange => exchange.IsForFile ? sendFile(exchange) : exchange.ForwardAsync(Source.Address));

    /// <summary>Imports the manifest of the chain's first image, without its file.</summary>
    protected async Task<string> ImportBaseWithoutFileAsync()
    {
        AssertOk(await Admin.ImportFromAsync(Chain.Base, Source.Address));
        return Chain.Base;
    }

    protected async Task AssertNoFileIsKeptAsync(string uuid)
    {
        var image = await Admin.GetAnswerAsync($"/images/{uuid}");
        Assert.That(image.Json.GetProperty("files").GetArrayLength(), Is.Zero);
        Assert.That(Directory.GetFiles(Path.Combine(Server.DataFolder, uuid)).Select(Path.GetFileName), Is.EqualTo(new[] { "manifest.json" }));
    }

    /// <summary>Asserts that manifest and file are those of the source.</summary>
    protected async Task AssertIsCopyAsync(string uuid)
    {
        var (original, copy) = (await Source.Anonymous.GetAnswerAsync($"/images/{uuid}"), await Admin.GetAnswerAsync($"/images/{uuid}"));
        Assert.That(copy.Text, Is.EqualTo(original.Text));
        Assert.That((await Admin.GetAnswerAsync($"/images/{uuid}/file")).Bytes.SequenceEqual(Chain.FileOf(uuid)), Is.True);
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
