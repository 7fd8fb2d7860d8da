namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What a data folder of trondn/imgapi may hold, and how it is read.</summary>
[TestFixture]
internal sealed class LegacyFolderTests : LegacyFolderFixture
{
    [TestCase("active", false, true, "active")]
    [TestCase("activated", false, true, "active")]
    [TestCase("active", true, true, "disabled")]
    [TestCase("unactivated", false, false, "unactivated")]
    [TestCase("disabled", true, true, "disabled")]
    public async Task The_state_is_computed_from_the_stored_flags(string written, bool disabled, bool activated, string state)
    {
        var image = await LoadAsync($$"""{"state":"{{written}}","disabled":{{(disabled ? "true" : "false")}}}""");
        Assert.That((image.Activated, image.State), Is.EqualTo((activated, state)));
    }

    [Test]
    public async Task Absent_fields_get_their_defaults()
    {
        var image = await LoadAsync("""{"name":"base"}""");
        Assert.That(image.Details, Is.EqualTo(new ImageDetails
        {
            Name = "base",
            Acl = image.Details.Acl,
            BillingTags = image.Details.BillingTags,
        }));
        Assert.That(image.State, Is.EqualTo("unactivated"));
        Assert.That(image.Details.V, Is.EqualTo(2));
    }

    [Test]
    public async Task Values_of_other_JSON_types_are_converted()
    {
        var image = await LoadAsync(
            """
            {"v":2.0,"name":5,"version":1.50,"disabled":"true","image_size":1.024e+03,"acl":"a0000000-0000-4000-8000-000000000000",
             "billing_tags":"x","files":[{"sha1":"AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D","size":3.79882274e+08,"compression":"gzip"}]}
            """);
        Assert.That(image.Details.V, Is.EqualTo(2));
        Assert.That(image.Details.Name, Is.EqualTo("5"));
        Assert.That(image.Details.Version, Is.EqualTo("1.50"));
        Assert.That(image.Details.Disabled, Is.True);
        Assert.That(image.Details.ImageSize, Is.EqualTo(1024));
        Assert.That(image.Details.Acl, Has.Count.EqualTo(1));
        Assert.That(image.Details.BillingTags.Single(), Is.EqualTo("x"));
        Assert.That(image.File?.Size, Is.EqualTo(379882274));
        Assert.That(image.File?.Sha1, Is.EqualTo(Sha1));
    }

    [Test]
    public async Task A_legacy_manifest_is_not_rewritten_before_the_image_changes()
    {
        var manifest = WithFile();
        await LoadAsync(manifest, "image.gz");
        Assert.That(Images.ReadManifest(LegacyUuid), Is.EqualTo(manifest));
    }
}
