using AutoMapper;
using ImgApi.Api.Mapping;
using ImgApi.Api.Responses;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Tests.Unit.Api.Responses;

/// <summary>Which manifests are serialized again.</summary>
[TestFixture]
internal sealed class ManifestCacheTests
{
    private static readonly MapperConfiguration Configuration = new(
        mapping => mapping.AddMaps(typeof(ImageToManifestProfile).Assembly), NullLoggerFactory.Instance);

    private readonly ManifestCache _manifests = new(Configuration.CreateMapper(), new ServerRules());

    private static Image Some(long revision) => Image.Create(Uuid.New(), new ImageDetails()).Stored(revision);

    [Test]
    public void A_stored_image_is_serialized_once_for_each_form()
    {
        var image = Some(revision: 5);
        Assert.That(_manifests.Of(image, ManifestForm.Plain), Is.SameAs(_manifests.Of(image with { }, ManifestForm.Plain)));
    }

    [Test]
    public void A_new_revision_of_an_image_is_serialized_again()
    {
        var image = Some(revision: 5);
        _manifests.Of(image, ManifestForm.Plain);
        Assert.That(_manifests.Of(image.Disable().Stored(6), ManifestForm.Plain).Json, Does.Not.EqualTo(_manifests.Of(image, ManifestForm.Plain).Json));
    }

    [Test]
    public void An_earlier_revision_does_not_replace_a_later_one()
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
}
