using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Contracts;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Manifests;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Api.Mapping;

[TestFixture]
internal sealed class MappingTests
{
    private static readonly MapperConfiguration Configuration = new(
        mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance);

    [Test]
    public void Every_property_of_a_manifest_is_mapped() => Configuration.AssertConfigurationIsValid();

    [Test]
    public void Every_field_that_a_caller_can_set_is_shown_unchanged()
    {
        const string Manifest = """
            {"v":2,"owner":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","name":"n","version":"v","disabled":true,"public":true,
             "published_at":"2013-01-02T03:04:05Z","type":"zvol","os":"linux","acl":["bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"],
             "description":"d","homepage":"http://h","eula":"http://e","urn":"u","requirements":{"min_ram":1},"users":[{"name":"root"}],
             "generate_passwords":false,"inherited_directories":["/x"],"origin":"cccccccc-cccc-4ccc-8ccc-cccccccccccc",
             "nic_driver":"virtio","disk_driver":"ide","cpu_type":"host","image_size":10240,"tags":{"t":1.50},"billing_tags":["b"],
             "traits":{"x":true},"error":{"code":"c"},"channels":["dev"]}
            """;
        var mapper = Configuration.CreateMapper();
        var details = ManifestCodec.Details(new ManifestDocument(JsonElement.Parse(Manifest)));
        var manifest = mapper.Map<ImageManifest>(Image.Create(Uuid.New(), details));
        var given = JsonDocument.Parse(Manifest).RootElement;
        var shown = JsonSerializer.SerializeToElement(manifest, ImgApi.Api.Json.WireJson.Compact);
        foreach (var field in given.EnumerateObject())
        {
            Assert.That(JsonElement.DeepEquals(shown.GetProperty(field.Name), field.Value), field.Name);
        }
    }
}
