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

    [TestCase("10737418240", 10737418240)]
    [TestCase("10g", 10737418240)]
    [TestCase("10 GiB", 10737418240)]
    [TestCase("1000 B", 1000)]
    [TestCase("2K", 2048)]
    [TestCase("", null)]
    [TestCase("-1", null)]
    [TestCase("1.5g", null)]
    [TestCase("10 GB", null)]
    [TestCase("g", null)]
    [TestCase("9223372036854775807t", null)]
    [TestCase("99999999999999999999", null)]
    public void A_size_is_read_in_bytes_or_binary_units(string text, long? bytes) => Assert.That(ByteSize.Parse(text), Is.EqualTo(bytes));
}
