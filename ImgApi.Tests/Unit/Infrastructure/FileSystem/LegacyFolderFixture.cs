namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>A data folder of trondn/imgapi with one image.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class LegacyFolderFixture : IDisposable
{
    protected const string Sha1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    private const string Folder = "c02a2044-c1bd-11e4-bd8c-dfc1db8b0182";

    protected static readonly Uuid LegacyUuid = Uuid.Parse(Folder);

    protected StoredImages Images { get; } = new();

    public void Dispose() => Images.Dispose();

    /// <summary>Starts on the manifest and the files, each of which holds the text <c>hello</c>.</summary>
    protected async Task<Image> LoadAsync(string manifest, params string[] files)
    {
        Images.Restart(() =>
        {
            Images.Folder.Write($"{Folder}/manifest.json", manifest);
            Array.ForEach(files, name => Images.Folder.Write($"{Folder}/{name}", "hello"));
        });
        return await Images.GetAsync(LegacyUuid);
    }

    protected static string WithFile() =>
        $$"""{"name":"base","state":"active","files":[{"compression":"gzip","sha1":"{{Sha1}}","size":5}]}""";
}
