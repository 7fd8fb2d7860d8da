using ImgApi.Domain.Integrity;

namespace ImgApi.Tests.Unit.Domain.Integrity;

[TestFixture]
internal sealed class StorageSpaceTests
{
    [TestCase(100, 50, false)]
    [TestCase(99, 50, true)]
    [TestCase(599, 300, true)]
    [TestCase(600, 300, false)]
    public void Space_is_scarce_below_a_tenth_and_below_twice_the_reserve(long free, long reserved, bool isScarce) =>
        Assert.That(new StorageSpace(free, Total: 1000, reserved).IsScarce, Is.EqualTo(isScarce));

    [TestCase(199, 100, true)]
    [TestCase(200, 100, false)]
    [TestCase(0, 0, false)]
    [TestCase(1000, long.MaxValue, true)]
    public void Space_is_nearly_full_below_twice_the_reserve(long free, long reserved, bool isNearlyFull) =>
        Assert.That(new StorageSpace(free, Total: 1000, reserved).IsNearlyFull, Is.EqualTo(isNearlyFull));
}
