using ImgApi.Api.CommandLine.Users;

namespace ImgApi.Tests.Unit.Api.CommandLine;

[TestFixture]
internal sealed class TokenExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 9, 51, TimeSpan.Zero);

    [TestCase("90d", "2027-02-21T03:09:51Z")]
    [TestCase("12h", "2026-11-23T15:09:51Z")]
    [TestCase("2027-01-31", "2027-01-31T00:00:00Z")]
    public void A_duration_or_a_date_is_a_time(string text, string at) => Assert.That(TokenExpiry.Parse(text, Now)!.At, Is.EqualTo(DateTimeOffset.Parse(at, null)));

    [Test]
    public void Never_is_no_time() => Assert.That(TokenExpiry.Parse("never", Now), Is.EqualTo(new TokenExpiry(At: null)));

    [TestCase("0d")]
    [TestCase("-1d")]
    [TestCase("2026-11-23")]
    [TestCase("2027-02-30")]
    [TestCase("99999999999d")]
    [TestCase("99999d")]
    [TestCase("9999-12-31")]
    [TestCase("d")]
    [TestCase("90")]
    [TestCase("")]
    public void What_is_past_far_ahead_or_no_time_is_refused(string text) => Assert.That(TokenExpiry.Parse(text, Now), Is.Null);
}
