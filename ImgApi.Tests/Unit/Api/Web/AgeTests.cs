using ImgApi.Api.Web.Images;

namespace ImgApi.Tests.Unit.Api.Web;

/// <summary>Ages in words.</summary>
[TestFixture]
internal sealed class AgeTests
{
    [TestCase(-60, "just now")]
    [TestCase(59, "just now")]
    [TestCase(60, "1 minute ago")]
    [TestCase(7_300, "2 hours ago")]
    [TestCase(86_400, "1 day ago")]
    [TestCase(86_400 * 29, "29 days ago")]
    [TestCase(86_400 * 70, "2 months ago")]
    [TestCase(86_400 * 800, "2 years ago")]
    public void An_age_is_in_the_largest_unit_that_fits(int seconds, string expected) =>
        Assert.That(Age.Of(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)), Is.EqualTo(expected));
}
