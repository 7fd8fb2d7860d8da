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
    public void A_missing_file_throws_as_in_the_framework()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => SmallFile.Read(folder.Combine("missing")));
    }

    [Test]
    public void A_folder_in_place_of_a_file_throws_as_in_the_framework()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<UnauthorizedAccessException>(() => SmallFile.Read(folder.Path));
    }
}
