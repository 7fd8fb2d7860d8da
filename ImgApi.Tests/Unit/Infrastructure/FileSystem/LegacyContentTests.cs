namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>How files and icons in a data folder of trondn/imgapi are found.</summary>
[TestFixture]
internal sealed class LegacyContentTests : LegacyFolderFixture
{
    [TestCase("image image.gz image.bz2", "image.bz2")]
    [TestCase("image image.gz", "image.gz")]
    [TestCase("image", "image")]
    [TestCase("other.gz", "image.gz")]
    public async Task The_file_is_found_under_each_of_its_legacy_names(string present, string content)
    {
        var image = await LoadAsync(WithFile(), present.Split(' '));
        Assert.That((image.File?.Sha1, image.File?.Content?.Value), Is.EqualTo((Sha1, content)));
    }

    [Test]
    public async Task A_lost_file_that_returns_under_another_legacy_name_is_found_even_after_a_change()
    {
        await LoadAsync(WithFile(), "other");
        await Images.RenameAsync(LegacyUuid, "new");
        Images.Restart(() => File.WriteAllText(Images.PathOf(LegacyUuid, "image.bz2"), "hello"));
        Assert.That((await Images.GetAsync(LegacyUuid)).File?.Content?.Value, Is.EqualTo("image.bz2"));
    }

    [TestCase("icon.gif icon.jpg icon.png", "icon.png", "image/png")]
    [TestCase("icon.gif icon.jpg", "icon.jpg", "image/jpeg")]
    [TestCase("icon.gif", "icon.gif", "image/gif")]
    public async Task The_icon_is_found_by_its_file_name(string present, string content, string type)
    {
        var icon = (await LoadAsync("""{"icon":true}""", present.Split(' '))).Icon;
        Assert.That(icon?.Content.Value, Is.EqualTo(content));
        Assert.That(icon?.ContentType, Is.EqualTo(type));
        Assert.That(icon?.Size, Is.EqualTo(5));
    }

    [Test]
    public async Task An_icon_without_a_file_is_ignored() => Assert.That((await LoadAsync("""{"icon":true}""")).Icon, Is.Null);

    [Test]
    public async Task An_image_keeps_its_legacy_file_when_it_changes()
    {
        await LoadAsync(WithFile(), "image.gz");
        await Images.RenameAsync(LegacyUuid, "new");
        Images.Restart();
        var image = await Images.GetAsync(LegacyUuid);
        Assert.That(image.File?.Content?.Value, Is.EqualTo("image.gz"));
        Assert.That(image.Details.Name, Is.EqualTo("new"));
    }

    [Test]
    public async Task The_private_record_of_a_file_is_ignored_after_trondn_imgapi_replaced_the_file()
    {
        var ours = $$$"""{"file":{"content":"image-0123456789abcdef.gz","sha1":"{{{new string('b', 40)}}}","md5":"x"}}""";
        var image = await LoadAsync($"{WithFile()[..^1]},\"imgapi\":{ours}}}", "image.gz", "image-0123456789abcdef.gz");
        Assert.That((image.File?.Content?.Value, image.File?.Md5), Is.EqualTo(("image.gz", (string?)null)));
    }
}
