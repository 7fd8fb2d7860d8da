using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

[TestFixture]
internal sealed class DataFolderProbeTests
{
    [Test]
    public async Task However_many_ask_each_learns_whether_the_folder_can_be_written_now()
    {
        using var folder = new TemporaryFolder();
        using var data = DataFolder.Open(folder.Combine("data"));
        var probe = new DataFolderProbe(data, new CatalogueLoadReport(0, [], [], []));
        Task<bool[]> AskAsync() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => probe.IsWritableAsync(CancellationToken.None)));

        Assert.That(await AskAsync(), Is.All.True);
        Assert.That(Directory.GetFiles(data.Root), Has.Length.EqualTo(1), "the lock alone");
        Directory.Move(data.Root, folder.Combine("gone"));
        Assert.That(await AskAsync(), Is.All.False);
        Directory.Move(folder.Combine("gone"), data.Root);
        Assert.That(await AskAsync(), Is.All.True);
    }
}
