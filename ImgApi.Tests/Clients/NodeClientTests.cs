using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The image client of Triton, <c>sdc-clients</c> from npm, against this server (contract section 10).</summary>
[TestFixture]
[Category("Slow")]
internal sealed class NodeClientTests
{
    [Test]
    public async Task The_image_client_of_triton_gets_on_with_this_server()
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
        Assert.That(await File.ReadAllBytesAsync(folder.Combine("remote")), Is.EqualTo(chain.FileOf(chain.Top)));
    }
}
