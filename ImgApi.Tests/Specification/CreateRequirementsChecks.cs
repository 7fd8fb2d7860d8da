using System.Text.Json.Nodes;

namespace ImgApi.Tests.Specification;

/// <summary>Fields that depend on each other: the drivers of a zvol, and the members of requirements (contract 3.7).</summary>
[TestFixture]
internal sealed class CreateRequirementsChecks() : CreateFixture
{
    private static readonly (string, object?)[] Zvol =
        [("type", "zvol"), ("nic_driver", "virtio"), ("disk_driver", "virtio"), ("cpu_type", "host"), ("image_size", "10240")];

    [Test]
    [Check(80)]
    public async Task A_zvol_needs_its_drivers_and_size() =>
        AssertRefused(
            await CreateAsync(("type", "zvol")), 422, "ValidationFailed",
            "nic_driver:MissingParameter", "disk_driver:MissingParameter", "cpu_type:MissingParameter", "image_size:Invalid");

    [Test]
    [Check(81)]
    public async Task The_size_of_a_zvol_becomes_a_number()
    {
        var answer = await CreateAsync(Zvol);
        AssertImage(answer);
        Assert.That(answer.Text, Does.Contain("\"image_size\": 10240"));
    }

    [Test]
    [Check(88)]
    public async Task A_zvol_has_no_inherited_directories() =>
        AssertRefused(
            await CreateAsync([.. Zvol, ("inherited_directories", new[] { "/opt" })]),
            422, "ValidationFailed", "inherited_directories:Invalid");

    [Test]
    [Check(82)]
    public async Task Drivers_are_refused_on_other_types() =>
        AssertRefused(await CreateAsync(("nic_driver", "virtio")), 422, "InvalidParameter", "nic_driver:Invalid");

    [TestCase("""{"foo":1}""", "foo", "Invalid")]
    [TestCase("""{"min_ram":512,"max_ram":256}""", "requirements.max_ram", "Invalid")]
    [TestCase("""{"min_platform":{"7.0":"20110101T000000Z"}}""", "requirements.min_platform", "Invalid")]
    [TestCase("""{"max_platform":{}}""", "requirements.max_platform", "Invalid")]
    [TestCase("""{"bootrom":"uefi"}""", "requirements.bootrom", "MissingParameter")]
    [TestCase("""{"bootrom":"uefi","brand":"kvm"}""", "requirements.bootrom", "Invalid")]
    [TestCase("""{"bootrom":"foo","brand":"bhyve"}""", "requirements.bootrom", "Invalid")]
    [TestCase("""{"networks":{}}""", "requirements.networks", "Invalid")]
    [TestCase("""{"networks":[{"name":"a"}]}""", "requirements.networks", "Invalid")]
    [TestCase("""{"ssh_key":"yes"}""", "requirements.ssh_key", "Invalid")]
    [Check(89, 90, 91, 92)]
    public async Task Invalid_requirements_are_refused(string requirements, string field, string code) =>
        AssertRefused(await CreateAsync(("requirements", JsonNode.Parse(requirements))), 422, "ValidationFailed", $"{field}:{code}");

    [TestCase("""{"foo":1}""", "unsupported requirement \"foo\"")]
    [TestCase("""{"min_ram":512,"max_ram":256}""", "min_ram must be <= max_ram, but:min_ram=512, max_ram=256")]
    [TestCase(
        """{"min_platform":{"7.0":"20110101T000000Z"}}""",
        "invalid image \"requirements.min_platform\" entry: \"7.0: 20110101T000000Z\" not a valid platform version")]
    [Check(89, 90, 91)]
    public async Task The_message_about_a_requirement_says_what_is_wrong(string requirements, string message)
    {
        var answer = await CreateAsync(("requirements", JsonNode.Parse(requirements)));
        Assert.That(answer.Json.GetProperty("errors")[0].GetProperty("message").GetString(), Is.EqualTo(message));
    }

    [TestCase("""{"bootrom":"uefi","brand":"bhyve"}""")]
    [TestCase("""{"networks":[{"name":"net0","description":"public"}],"min_ram":0,"brand":"","ssh_key":false}""")]
    [TestCase("""{"min_platform":{"7.0":"20141030T081701Z"}}""")]
    [Check(92)]
    public async Task Valid_requirements_are_shown_as_they_were_sent(string requirements)
    {
        var answer = await CreateAsync(("requirements", JsonNode.Parse(requirements)));
        AssertImage(answer);
        Assert.That(
            JsonNode.DeepEquals(JsonNode.Parse(answer.Json.GetProperty("requirements").GetRawText()), JsonNode.Parse(requirements)));
    }
}
