using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Activation, disabling and enabling (contract 4, 5.13, 5.14).</summary>
[TestFixture]
internal sealed class StateChecks() : ActionFixture
{
    private async Task<bool> IsListedAsync(string uuid) =>
        (await Anonymous.GetAnswerAsync("/images")).Text.Contains(uuid, StringComparison.Ordinal);

    [Test]
    [Check(120)]
    public async Task An_image_without_file_cannot_be_activated()
    {
        var uuid = await Admin.CreateAsync();
        var answer = await ActAsync(uuid, "action=activate");
        AssertRefused(answer, 422, "NoActivationNoFile");
        Assert.That(answer.Message, Is.EqualTo($"image \"{uuid}\" cannot be activated: it has no file"));
    }

    [TestCase(null)]
    [TestCase("{}")]
    [Check(121)]
    public async Task An_activation_publishes_the_image(string? body)
    {
        var answer = await ActAsync(await CreateWithFileAsync(), "action=activate", body);
        AssertImage(answer);
        Assert.That(answer.Json.GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That(answer.Json.GetProperty("published_at").GetString(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
    }

    [TestCase(null)]
    [TestCase("{}")]
    [Check(122)]
    public async Task A_second_activation_is_refused(string? body) =>
        AssertRefused(await ActAsync(await Admin.PublishAsync(), "action=activate", body), 422, "ImageAlreadyActivated");

    [TestCase(1)]
    [TestCase(2)]
    [Check(123)]
    public async Task A_disabled_image_is_not_listed_however_often_it_was_disabled(int times)
    {
        var uuid = await Admin.PublishAsync();
        for (var i = 0; i < times; i++)
        {
            var disabled = await ActAsync(uuid, "action=disable");
            Assert.That(disabled.Text, Does.Contain("\"state\": \"disabled\"").And.Contain("\"disabled\": true"));
        }

        Assert.That(await IsListedAsync(uuid), Is.False);
    }

    [Test]
    [Check(123)]
    public async Task A_disabled_image_can_still_be_read()
    {
        var uuid = await Admin.PublishAsync();
        await ActAsync(uuid, "action=disable");
        AssertImage(await Anonymous.GetAnswerAsync($"/images/{uuid}"));
    }

    [Test]
    [Check(124)]
    public async Task An_enabled_image_is_listed_again_with_its_first_date()
    {
        var uuid = await Admin.PublishAsync();
        var published = (await Anonymous.GetAnswerAsync($"/images/{uuid}")).Json.GetProperty("published_at").GetString();
        await ActAsync(uuid, "action=disable");
        var enabled = await ActAsync(uuid, "action=enable");
        Assert.That(enabled.Text, Does.Contain("\"state\": \"active\"").And.Contain("\"disabled\": false").And.Contain(published!));
        Assert.That(await IsListedAsync(uuid), Is.True);
    }

    [TestCase("enable", "false")]
    [TestCase("disable", "true")]
    [Check(125)]
    public async Task Before_activation_enabling_and_disabling_change_the_flag_only(string action, string flag) =>
        Assert.That(
            (await ActAsync(await CreateWithFileAsync(), $"action={action}")).Text,
            Does.Contain("unactivated").And.Contain($"\"disabled\": {flag}"));

    [Test]
    [Check(126)]
    public async Task An_image_that_was_disabled_before_its_activation_is_disabled_after_it()
    {
        var uuid = await CreateWithFileAsync();
        await ActAsync(uuid, "action=disable");
        Assert.That((await ActAsync(uuid, "action=activate")).Text, Does.Contain("\"state\": \"disabled\""));
    }
}
