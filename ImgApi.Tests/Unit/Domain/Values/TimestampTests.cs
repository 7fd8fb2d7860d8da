namespace ImgApi.Tests.Unit.Domain.Values;

[TestFixture]
internal sealed class TimestampTests
{
    [TestCase("2013-01-02T03:04:05Z", true)]
    [TestCase("2013-01-02T03:04:05.678Z", true)]
    [TestCase("2013-01-02T03:04:05.67Z", false)]
    [TestCase("2013-01-02T03:04:05+00:00", false)]
    [TestCase("2013-13-45T99:00:00Z", false)]
    [TestCase("2013-01-02", false)]
    [TestCase(" 2013-01-02T03:04:05Z", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_timestamp_of_the_contract_keeps_its_text(string? text, bool valid)
    {
        Assert.That(Timestamp.TryParse(text, out var timestamp), Is.EqualTo(valid));
        Assert.That(timestamp?.Text, Is.EqualTo(valid ? text : null));
    }

    [TestCase("2013-01-02T03:04:05Z", "2013-01-02T03:04:05Z")]
    [TestCase("2013-01-02T03:04:05.678Z", "2013-01-02T03:04:05.678Z")]
    [TestCase("2013-01-02T03:04:05.5Z", "2013-01-02T03:04:05.500Z")]
    [TestCase("2013-01-02T03:04:05.49Z", "2013-01-02T03:04:05.490Z")]
    [TestCase("2013-01-02T03:04:05.0Z", "2013-01-02T03:04:05.000Z")]
    [TestCase("2013-01-02T03:04:05.123456789Z", "2013-01-02T03:04:05.123Z")]
    [TestCase("2013-01-02T03:04:05+01:00", "2013-01-02T02:04:05.000Z")]
    [TestCase("2013-01-01T00:30:00.25-09:30", "2013-01-01T10:00:00.250Z")]
    [TestCase("2013-01-02T03:04:05.Z", null)]
    [TestCase("2013-01-02T03:04:05.1234567890Z", null)]
    [TestCase("2013-01-02T03:04:05", null)]
    [TestCase("2013-01-02T03:04:05+25:00", null)]
    [TestCase("2013-01-02T03:04:60.5Z", null)]
    [TestCase("2013-02-30T03:04:05.5Z", null)]
    [TestCase("0001-01-01T00:00:00+01:00", null)]
    [TestCase("9999-12-31T23:59:59-01:00", null)]
    [TestCase("2013-01-02", null)]
    [TestCase("tomorrow", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_date_of_another_server_is_converted_to_the_same_instant(string? text, string? own)
    {
        Assert.That(Timestamp.TryReadForeign(text, out var timestamp), Is.EqualTo(own is not null));
        Assert.That(timestamp?.Text, Is.EqualTo(own));
    }
}
