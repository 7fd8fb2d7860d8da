namespace ImgApi.Tests.Specification;

/// <summary>The creation of images on a server in mode private.</summary>
[TestFixture]
internal sealed class PrivateCreateChecks() : CreateFixture(ServerMode.Private)
{
    [Test]
    [Check(73)]
    public Task A_private_server_refuses_a_public_image() => AssertInvalidAsync("public", true);

    [Test]
    [Check(94)]
    public async Task A_private_server_shows_billing_tags_and_traits() =>
        Assert.That(
            (await CreateAsync(("billing_tags", new[] { "x" }), ("traits", new { a = true }))).Keys,
            Does.Contain("billing_tags").And.Contain("traits"));

    [TestCase("public")]
    [TestCase("name")]
    [TestCase("version")]
    [TestCase("type")]
    [TestCase("os")]
    public async Task Null_is_refused_for_a_boolean_and_for_required_fields(string key) =>
        AssertRefused(await CreateWithNullAsync(key), 422, "ValidationFailed", $"{key}:Invalid");

    [TestCase("20120101T000000Z", true)]
    [TestCase("20130231T235959Z", true)]
    [TestCase("20111231T000000Z", false)]
    [TestCase("20131301T000000Z", false)]
    [TestCase("20130132T000000Z", false)]
    [TestCase("20130101T240000Z", false)]
    [TestCase("20130101T006000Z", false)]
    public async Task Each_part_of_a_platform_version_is_checked_on_its_own(string version, bool valid)
    {
        var platforms = new Dictionary<string, string> { ["7.0"] = version };
        var answer = await CreateAsync(("requirements", new { min_platform = platforms }));
        Assert.That((int)answer.Status, Is.EqualTo(valid ? 200 : 422), answer.Text);
    }
}
