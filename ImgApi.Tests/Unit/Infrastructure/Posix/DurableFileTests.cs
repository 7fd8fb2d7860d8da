using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Posix;

[TestFixture]
[Platform("Linux", Reason = "folders are flushed by fsync")]
internal sealed class DurableFileTests
{
    [Test]
    public void The_flush_of_a_missing_folder_is_not_reported_as_a_fault_of_the_disk()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => DurableFile.FlushFolder(folder.Combine("gone")));
    }
}
