using ImgApi.Api.Web.Add;

namespace ImgApi.Tests.Unit.Api.Web;

[TestFixture]
internal sealed class FileNamePartsTests
{
    [TestCase("base-64-23.4.0.zfs.gz", "base-64", "23.4.0")]
    [TestCase("web-1.2.zfs", "web", "1.2")]
    [TestCase("web-v2.file.xz", "web", "2")]
    [TestCase("ubuntu-22.04-20240101.zfs.bz2", "ubuntu-22.04", "20240101")]
    [TestCase("minimal.zfs.gz", "minimal", null)]
    [TestCase("no-version.img", "no-version", null)]
    [TestCase("-1", "-1", null)]
    [TestCase("", "", null)]
    public void Name_and_version_are_read_from_the_name_of_a_file(string file, string name, string? version) =>
        Assert.That(FileNameParts.Of(file), Is.EqualTo(new FileNameParts(name, version)));
}
