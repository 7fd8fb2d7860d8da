using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Posix;

[TestFixture]
[Platform("Linux", Reason = "folders are flushed by fsync")]
internal sealed class DurableFileTests
{
    [Test]
    public void A_folder_that_was_moved_away_is_not_a_fault_of_the_disk()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => DurableFile.FlushFolder(folder.Combine("gone")));
    }
}
