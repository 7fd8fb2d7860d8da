using ImgApi.Domain.Integrity;

namespace ImgApi.Tests.Unit.Domain.Integrity;

[TestFixture]
internal sealed class StorageSpaceTests
{
    [TestCase(100, 50, false)]
    [TestCase(99, 50, true)]
    [TestCase(500, 500, true)]
    [TestCase(501, 500, false)]
    public void Space_is_scarce_below_a_tenth_and_where_only_the_reserve_is_left(long free, long reserved, bool isScarce) =>
        Assert.That(new StorageSpace(free, Total: 1000, reserved).IsScarce, Is.EqualTo(isScarce));
}
