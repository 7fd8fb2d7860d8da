using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>A resumable upload of 3 MiB to servers that run one after the other as processes on the same data folder.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class UploadProcessFixture : IDisposable
{
    protected const int MiB = 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    protected UploadProcessFixture() => Random.Shared.NextBytes(Bytes);

    protected byte[] Bytes { get; } = new byte[3 * MiB];

    protected string Data => _folder.Combine("data");

    protected string UploadsFolder => Path.Combine(Data, ".imgapi-uploads");

    public void Dispose() => _folder.Dispose();

    protected string BytesOf(ResumableUpload upload) => Path.Combine(UploadsFolder, $"{upload.Id}.bytes");

    protected async Task<(string Image, ResumableUpload Upload)> BeginAsync(ServerProcess server)
    {
        var image = await server.Admin.CreateAsync(("type", "other"));
        return (image, await ResumableUpload.BeginAsync(server.Admin, image, Bytes.Length, "compression=none"));
    }

    /// <summary>Sends a part from byte 1000 to the end, which stalls after the server has written more than a MiB of it.</summary>
    protected async Task<(GatedContent Body, Task<Answer> Answer)> StallAsync(ResumableUpload upload, params (string Name, string Value)[] headers)
    {
        await upload.AppendAsync(0, Bytes[..1000]);
        var body = new GatedContent(Bytes[1000..(2 * MiB)], Bytes[(2 * MiB)..]);
        var answer = upload.AppendAsync(1000, body, headers);
        await Eventually.TrueAsync(() => new FileInfo(BytesOf(upload)).Length > MiB);
        return (body, answer);
    }

    /// <summary>Asserts that the image has the file, and that nothing else is left of the upload.</summary>
    protected async Task AssertArrivedAsync(ServerProcess server, string image)
    {
        await StoredFile.AssertAsync(server.Admin, image, Bytes);
        var contents = Directory.GetFiles(Path.Combine(Data, image)).Select(Path.GetFileName).Where(name => name!.StartsWith("image", StringComparison.Ordinal));
        Assert.That(contents.Count(), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(UploadsFolder, "*.bytes"), Is.Empty);
    }
}
