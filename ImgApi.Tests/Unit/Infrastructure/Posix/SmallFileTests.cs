using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.Posix;

[TestFixture]
internal sealed class SmallFileTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16 * 1024 - 1)]
    [TestCase(16 * 1024)]
    [TestCase(16 * 1024 + 1)]
    [TestCase(100_000)]
    public void A_file_of_any_size_is_read_whole(int size)
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var path = folder.Combine("file");
        File.WriteAllBytes(path, bytes);
        Assert.That(SmallFile.Read(path), Is.EqualTo(bytes));
    }

    [Test]
    public void What_is_not_there_or_no_file_is_told_as_the_framework_tells_it()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => SmallFile.Read(folder.Combine("missing")));
        Assert.Throws<UnauthorizedAccessException>(() => SmallFile.Read(folder.Path));
    }
}
