using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients;

/// <summary>The reference client of the tus protocol, <c>tus-js-client</c> from npm.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class TusClientTests
{
    private const int MiB = 1024 * 1024;

    [Test]
    public async Task An_upload_whose_connection_is_cut_at_random_points_arrives_whole()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var bytes = new byte[64 * MiB];
        random.NextBytes(bytes);
        await using var server = await TestServer.StartAsync();
        await using var relay = new CuttingRelay(server.Address, () => random.NextInt64(512, 12 * MiB));
        using var folder = new TemporaryFolder();
        var file = folder.Combine("image");
        await File.WriteAllBytesAsync(file, bytes);
        var image = await server.Admin.CreateAsync(("type", "other"));

        var metadata = $$"""{"filename":"image","filetype":"application/octet-stream","compression":"none","sha1":"{{ImageChain.Sha1(bytes)}}"}""";
        var (code, output, error) = await NodeScripts.RunAsync("tus-client.js", $"{relay.Address}images/{image}/file/uploads", file, metadata);

        Assert.That(code, Is.Zero, $"seed {seed}: {error}");
        await StoredFile.AssertAsync(server.Admin, image, bytes, $"seed {seed}");
        Assert.That(relay.Cuts, Is.GreaterThan(3), $"seed {seed}: {output}");
    }
}
