using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DataFolderProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly DataFolderProbe _probe;

    public DataFolderProbeTests()
    {
        _data = DataFolder.Open(_folder.Combine("data"));
        _probe = new DataFolderProbe(_data, new DiskSpace(_data, new DiskSpaceRules()), new CatalogueLoadReport(0, [], [], []));
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private Task<bool[]> AskManyAsync() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _probe.IsWritableAsync(CancellationToken.None)));

    [Test]
    public async Task Many_concurrent_probes_find_the_folder_writable() => Assert.That(await AskManyAsync(), Is.All.True);

    [Test]
    public async Task Probes_leave_no_file_behind()
    {
        await AskManyAsync();
        Assert.That(Directory.GetFiles(_data.Root), Has.Length.EqualTo(1), "only the lock");
    }

    [Test]
    public async Task Every_probe_reports_the_present_state_of_the_folder()
    {
        await AskManyAsync();
        Directory.Move(_data.Root, _folder.Combine("gone"));
        Assert.That(await AskManyAsync(), Is.All.False);
        Directory.Move(_folder.Combine("gone"), _data.Root);
        Assert.That(await AskManyAsync(), Is.All.True);
    }
}
