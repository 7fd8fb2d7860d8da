using ImgApi.Api.Web.Server;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Web;

[TestFixture]
internal sealed class StoredBytesTests
{
    private static Image Named(string name, long size) => new ImageBuilder().Named(name).WithFile(ImageBuilder.SomeFile() with { Size = size }).Build();

    [Test]
    public void The_files_of_one_name_are_added_up_and_the_largest_name_comes_first()
    {
        var stored = StoredBytes.Of([Named("small", 1), Named("large", 5), Named("large", 6)]);
        Assert.That(stored.Names, Is.EqualTo(new[] { new StoredName("large", 2, 11), new StoredName("small", 1, 1) }));
    }

    [Test]
    public void A_name_without_files_is_left_out() => Assert.That(StoredBytes.Of([new ImageBuilder().Build()]).Names, Is.Empty);

    [Test]
    public void Names_after_the_twelfth_are_added_up_and_count_in_the_total()
    {
        var stored = StoredBytes.Of(Enumerable.Range(1, 14).Select(size => Named($"name-{size}", size)));
        Assert.That((stored.Names.Count, stored.OtherNames, stored.OtherBytes, stored.Total), Is.EqualTo((12, 2, 3L, 105L)));
    }
}
