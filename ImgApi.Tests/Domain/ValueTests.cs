using ImgApi.Domain.Images;

namespace ImgApi.Tests.Domain;

[TestFixture]
internal sealed class ValueTests
{
    [TestCase("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", true)]
    [TestCase("00000000-0000-0000-0000-000000000000", true)]
    [TestCase("AAAAAAAA-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("aaaaaaaaaaaa4aaa8aaaaaaaaaaaaaaa", false)]
    [TestCase("{aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa}", false)]
    [TestCase("aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\n", false)]
    [TestCase("gaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("+aaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("0xaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", false)]
    [TestCase("aaaaaaaa-aaaa-4aaa-+aaa-aaaaaaaaaaaa", false)]
    [TestCase("..", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_uuid_is_36_characters_in_lower_case(string? text, bool valid)
    {
        Assert.That(Uuid.TryParse(text, out var uuid), Is.EqualTo(valid));
        Assert.That(!valid || uuid.ToString() == text);
    }

    [Test]
    public void Uuids_are_ordered_as_their_texts_are()
    {
        var uuids = Enumerable.Range(0, 200).Select(_ => Uuid.New()).ToArray();
        Assert.That(uuids.Order().Select(uuid => uuid.ToString()), Is.EqualTo(uuids.Select(uuid => uuid.ToString()).Order(StringComparer.Ordinal)));
    }

    [TestCase("2013-01-02T03:04:05Z", true)]
    [TestCase("2013-01-02T03:04:05.678Z", true)]
    [TestCase("2013-01-02T03:04:05.67Z", false)]
    [TestCase("2013-01-02T03:04:05+00:00", false)]
    [TestCase("2013-13-45T99:00:00Z", false)]
    [TestCase("2013-01-02", false)]
    [TestCase(" 2013-01-02T03:04:05Z", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_timestamp_keeps_its_text(string? text, bool valid)
    {
        Assert.That(Timestamp.TryParse(text, out var timestamp), Is.EqualTo(valid));
        Assert.That(timestamp?.Text, Is.EqualTo(valid ? text : null));
    }

    [TestCase(21474836480, "20 GiB")]
    [TestCase(131072, "128 KiB")]
    [TestCase(1000, "1000 B")]
    [TestCase(0, "0 B")]
    public void Sizes_are_told_in_the_largest_unit_that_divides_them(long bytes, string text) =>
        Assert.That(ByteSize.Format(bytes), Is.EqualTo(text));
}
