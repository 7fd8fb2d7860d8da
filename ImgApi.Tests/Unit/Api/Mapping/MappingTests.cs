using System.Text.Json;
using AutoMapper;
using ImgApi.Api.Contracts;
using ImgApi.Api.Mapping;
using ImgApi.Api.Responses;
using ImgApi.Domain.Manifests;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Api.Mapping;

[TestFixture]
internal sealed class MappingTests
{
    private static readonly MapperConfiguration Configuration = new(
        mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance);

    private readonly ManifestCache _manifests = new(Configuration.CreateMapper(), new ServerRules());

    [Test]
    public void Every_member_has_a_source() => Configuration.AssertConfigurationIsValid();

    [Test]
    public void A_stored_image_is_serialised_once_for_each_form()
    {
        var image = Some(revision: 5);
        Assert.That(_manifests.Of(image, ManifestForm.Plain), Is.SameAs(_manifests.Of(image with { }, ManifestForm.Plain)));
    }

    [Test]
    public void A_later_revision_of_an_image_is_serialised_for_itself()
    {
        var image = Some(revision: 5);
        _manifests.Of(image, ManifestForm.Plain);
        Assert.That(_manifests.Of(image.Disable().Stored(6), ManifestForm.Plain).Json, Does.Not.EqualTo(_manifests.Of(image, ManifestForm.Plain).Json));
    }

    [Test]
    public void An_earlier_revision_does_not_push_out_a_later_one()
    {
        var image = Some(revision: 5);
        var later = _manifests.Of(image.Disable().Stored(6), ManifestForm.Plain);
        _manifests.Of(image, ManifestForm.Plain);
        Assert.That(_manifests.Of(image.Disable().Stored(6), ManifestForm.Plain), Is.SameAs(later));
    }

    [Test]
    public void An_image_that_is_not_stored_is_not_cached()
    {
        var image = Image.Create(Uuid.New(), new ImageDetails());
        var first = _manifests.Of(image, ManifestForm.Plain);
        Assert.That(_manifests.Of(image, ManifestForm.Plain), Is.Not.SameAs(first));
    }

    private static Image Some(long revision) => Image.Create(Uuid.New(), new ImageDetails()).Stored(revision);

    [Test]
    public void Every_field_that_a_caller_can_set_comes_out_as_it_went_in()
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
