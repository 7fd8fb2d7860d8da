using System.Text.Json;
using ImgApi.Api.Web.Images;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.Web;

/// <summary>The example for <c>vmadm create</c>.</summary>
[TestFixture]
internal sealed class MachineExampleTests
{
    private static JsonElement Example(string type, string requirements = "{}", string tags = "{}") =>
        JsonElement.Parse(MachineExample.Of(new ImageBuilder().With(details => details with
        {
            Type = type,
            Requirements = JsonElement.Parse(requirements),
            Tags = JsonElement.Parse(tags),
            DiskDriver = "ide",
        }).Build())!);

    [TestCase("zone-dataset", "{}", "joyent")]
    [TestCase("zone-dataset", """{"brand":"joyent-minimal"}""", "joyent-minimal")]
    [TestCase("lx-dataset", "{}", "lx")]
    [TestCase("zvol", "{}", "bhyve")]
    [TestCase("zvol", """{"brand":"kvm"}""", "kvm")]
    public void The_brand_is_the_required_one_or_follows_from_the_type(string type, string requirements, string brand) =>
        Assert.That(Example(type, requirements).GetProperty("brand").GetString(), Is.EqualTo(brand));

    [TestCase("""{"min_ram":4096}""", 4096)]
    [TestCase("""{"min_ram":16}""", 1024)]
    public void The_memory_is_at_least_what_the_image_requires(string requirements, int memory) =>
        Assert.That(Example("zone-dataset", requirements).GetProperty("max_physical_memory").GetInt32(), Is.EqualTo(memory));

    [Test]
    public void A_virtual_machine_has_the_image_on_a_disk_with_its_driver() =>
        Assert.That(Example("zvol").GetProperty("disks")[0].GetProperty("model").GetString(), Is.EqualTo("ide"));

    [Test]
    public void A_virtual_machine_has_the_required_boot_rom() =>
        Assert.That(Example("zvol", """{"brand":"bhyve","bootrom":"uefi"}""").GetProperty("bootrom").GetString(), Is.EqualTo("uefi"));

    [Test]
    public void A_Linux_zone_has_the_kernel_version_of_the_tags() =>
        Assert.That(Example("lx-dataset", tags: """{"kernel_version":"5.10.0"}""").GetProperty("kernel_version").GetString(), Is.EqualTo("5.10.0"));

    [TestCase("docker")]
    [TestCase("other")]
    public void An_image_that_vmadm_cannot_use_has_no_example(string type) =>
        Assert.That(MachineExample.Of(new ImageBuilder().With(details => details with { Type = type }).Build()), Is.Null);
}
