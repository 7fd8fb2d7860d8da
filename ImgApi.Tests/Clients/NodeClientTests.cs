using System.Text.Json;
using ImgApi.Api.Configuration;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The image client of Triton, <c>sdc-clients</c> from npm, with this server (contract section 10).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class NodeClientTests
{
    [TestCase(ReadAccess.Private, null)]
    [TestCase(ReadAccess.All, null)]
    [TestCase(ReadAccess.Open, "/prefix/")]
    [TestCase(ReadAccess.All, "/prefix/")]
    public async Task The_client_of_triton_waits_for_an_import_despite_readAuth_and_path_prefix(ReadAccess access, string? prefix)
    {
        await using var source = await TestServer.StartAsync();
        await using var server = await TestServer.StartAsync(configure: configuration => configuration with { ReadAccess = access, PathBase = prefix });
        var chain = await ImageChain.PublishAsync(source.Admin);
        var url = server.Address.ToString().TrimEnd('/') + prefix?.TrimEnd('/');
        var (code, output, error) = await NodeScripts.RunAsync("job-client.js", url, source.Address.ToString(), chain.Top);
        Assert.That((code, output.Trim()), Is.EqualTo((0, "active")), error);
    }

    [Test]
    public async Task The_client_of_triton_creates_uploads_downloads_updates_and_imports_images()
    {
        await using var source = await TestServer.StartAsync();
        await using var server = await TestServer.StartAsync();
        var chain = await ImageChain.PublishAsync(source.Admin);
        using var folder = new TemporaryFolder();
        var (code, output, error) = await NodeScripts.RunAsync(
            "image-client.js", server.Address.ToString(), source.Address.ToString(), chain.Top, folder.Path);
        Assert.That(code, Is.Zero, error);
        var result = JsonDocument.Parse(output).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => $"{member.Value}");
        Assert.That(result, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["ping"] = "True",
            ["uploaded"] = "100000",
            ["activated"] = "active",
            ["downloaded"] = "True",
            ["updated"] = "new",
            ["icon"] = "True",
            ["withoutIcon"] = "True",
            ["imported"] = "active",
            ["again"] = "409 ImageUuidAlreadyExists",
            ["unknown"] = "503 RemoteSourceError",
            ["listed"] = "True",
            ["fromSource"] = "1",
            ["plainHttp"] = "422 InvalidParameter",
        }));
        Assert.That((await File.ReadAllBytesAsync(folder.Combine("remote"))).SequenceEqual(chain.FileOf(chain.Top)), Is.True);
    }
}
