namespace ImgApi.Tests.Unit.Domain.Values;

[TestFixture]
internal sealed class ByteSizeTests
{
    [TestCase(21474836480, "20 GiB")]
    [TestCase(131072, "128 KiB")]
    [TestCase(1000, "1000 B")]
    [TestCase(0, "0 B")]
    public void A_size_is_written_in_the_largest_unit_that_divides_it(long bytes, string text) =>
        Assert.That(ByteSize.Format(bytes), Is.EqualTo(text));
}
