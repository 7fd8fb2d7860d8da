using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Infrastructure.FileSystem.StartIndex;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>An index that cannot be written or read costs time and nothing else.</summary>
[TestFixture]
[Category("Crash")]
internal sealed class IndexFaultTests
{
    private const int Count = 3;

    private static string[] Unprivileged => Environment.IsPrivilegedProcess
        ? [Tools.Require("setpriv", "util-linux"), "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        : [];

    [TestCase(0)]
    [TestCase(4096)]
    public async Task A_full_disk_does_not_prevent_a_start(int free)
    {
        await using var disk = await SmallDisk.MountAsync(mebibytes: 2);
        using var folder = new IndexedFolder(disk.DataFolder);
        await folder.AddAsync(Count * 20);
        File.Delete(folder.Index);
        disk.Fill(except: free);
        var start = await folder.StartAsync();

        Assert.That(start.Manifests, Has.Count.EqualTo(Count * 20));
        Assert.That(start.Warnings, Has.Length.EqualTo(1).And.Some.Contains("index"));
        Assert.That(File.Exists(folder.Index), Is.False);
        Assert.That(Directory.GetFiles(folder.Path, ".imgapi-*.tmp"), Is.Empty);
        disk.MakeRoom();
        await folder.StartAsync();
        Assert.That((await folder.StartAsync()).FromIndex, Is.EqualTo(Count * 20));
    }

    [Test]
    public async Task An_index_without_read_permission_does_not_prevent_a_start()
    {
        using var folder = new IndexedFolder();
        await folder.AddAsync(Count);
        await folder.StartAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Index, UnixFileMode.None);
        }

        await using var server = await ServerProcess.StartOnAsync(folder.Path, Unprivileged);
        Assert.That((await server.Admin.GetAnswerAsync("/images?state=all")).Json.GetArrayLength(), Is.EqualTo(Count));
        Assert.That(server.Log, Has.Some.Contains("The index of images cannot be read"));
    }
}
