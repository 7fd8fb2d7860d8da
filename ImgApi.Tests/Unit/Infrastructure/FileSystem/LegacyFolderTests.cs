namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>Opening a data folder of trondn/imgapi, with everything odd that such folders hold.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LegacyFolderTests : IDisposable
{
    private const string Folder = "c02a2044-c1bd-11e4-bd8c-dfc1db8b0182";
    private const string Sha1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    private static readonly Uuid LegacyUuid = Uuid.Parse(Folder);

    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    private async Task<Image> Load(string manifest, params string[] files)
    {
        _images.Restart(() =>
        {
            _images.Folder.Write($"{Folder}/manifest.json", manifest);
            Array.ForEach(files, name => _images.Folder.Write($"{Folder}/{name}", "hello"));
        });
        return await _images.GetAsync(LegacyUuid);
    }

    private static string WithFile() =>
        $$"""{"name":"base","state":"active","files":[{"compression":"gzip","sha1":"{{Sha1}}","size":5}]}""";

    [TestCase("active", false, true, "active")]
    [TestCase("activated", false, true, "active")]
    [TestCase("active", true, true, "disabled")]
    [TestCase("unactivated", false, false, "unactivated")]
    [TestCase("disabled", true, true, "disabled")]
    public async Task The_state_is_computed_again(string written, bool disabled, bool activated, string state)
    {
        var image = await Load($$"""{"state":"{{written}}","disabled":{{(disabled ? "true" : "false")}}}""");
        Assert.That(image.Activated, Is.EqualTo(activated));
        Assert.That(image.State, Is.EqualTo(state));
    }

    [Test]
    public async Task What_is_absent_has_its_default()
    {
        var image = await Load("""{"name":"base"}""");
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
    public async Task Values_of_other_types_are_understood()
    {
        var image = await Load(
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

    [TestCase("image image.gz image.bz2", "image.bz2")]
    [TestCase("image image.gz", "image.gz")]
    [TestCase("image", "image")]
    [TestCase("other.gz", "image.gz")]
    public async Task The_file_is_looked_up_where_it_always_was(string present, string content)
    {
        var image = await Load(WithFile(), present.Split(' '));
        Assert.That(image.File?.Sha1, Is.EqualTo(Sha1));
        Assert.That(image.File?.Content?.Value, Is.EqualTo(content));
    }

    [Test]
    public async Task A_lost_file_may_come_back_under_any_of_its_names_also_after_a_change()
    {
        await Load(WithFile(), "other");
        await _images.RenameAsync(LegacyUuid, "new");
        _images.Restart(() => File.WriteAllText(_images.PathOf(LegacyUuid, "image.bz2"), "hello"));
        Assert.That((await _images.GetAsync(LegacyUuid)).File?.Content?.Value, Is.EqualTo("image.bz2"));
    }

    [TestCase("icon.gif icon.jpg icon.png", "icon.png", "image/png")]
    [TestCase("icon.gif icon.jpg", "icon.jpg", "image/jpeg")]
    [TestCase("icon.gif", "icon.gif", "image/gif")]
    public async Task The_icon_is_what_is_there(string present, string content, string type)
    {
        var icon = (await Load("""{"icon":true}""", present.Split(' '))).Icon;
        Assert.That(icon?.Content.Value, Is.EqualTo(content));
        Assert.That(icon?.ContentType, Is.EqualTo(type));
        Assert.That(icon?.Size, Is.EqualTo(5));
    }

    [Test]
    public async Task An_icon_without_a_file_is_none() => Assert.That((await Load("""{"icon":true}""")).Icon, Is.Null);

    [Test]
    public async Task A_missing_publication_is_the_contents_time_and_does_not_move()
    {
        await Load(WithFile());
        _images.Restart(() =>
        {
            File.Delete(_images.PathOf(LegacyUuid, ".imgapi-facts.json"));
            File.WriteAllText(_images.PathOf(LegacyUuid, "image.gz"), "hello");
            File.SetLastWriteTimeUtc(_images.PathOf(LegacyUuid, "image.gz"), DateTimeOffset.UnixEpoch.UtcDateTime);
        });
        Assert.That((await _images.GetAsync(LegacyUuid)).Details.PublishedAt?.Text, Is.EqualTo("1970-01-01T00:00:00.000Z"));

        _images.Restart(() => File.SetLastWriteTimeUtc(_images.PathOf(LegacyUuid, "image.gz"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That((await _images.GetAsync(LegacyUuid)).Details.PublishedAt?.Text, Is.EqualTo("1970-01-01T00:00:00.000Z"));
    }

    [Test]
    public async Task A_manifest_is_left_as_it_is_until_something_changes()
    {
        var manifest = WithFile();
        await Load(manifest, "image.gz");
        Assert.That(_images.ReadManifest(LegacyUuid), Is.EqualTo(manifest));
    }

    [Test]
    public async Task A_taken_over_file_stays_with_the_image_when_it_changes()
    {
        await Load(WithFile(), "image.gz");
        await _images.RenameAsync(LegacyUuid, "new");
        _images.Restart();
        var image = await _images.GetAsync(LegacyUuid);
        Assert.That(image.File?.Content?.Value, Is.EqualTo("image.gz"));
        Assert.That(image.Details.Name, Is.EqualTo("new"));
    }

    [Test]
    public async Task A_file_that_trondn_replaced_after_us_makes_our_record_of_it_stale()
    {
        var ours = $$$"""{"file":{"content":"image-0123456789abcdef.gz","sha1":"{{{new string('b', 40)}}}","md5":"x"}}""";
        var image = await Load($"{WithFile()[..^1]},\"imgapi\":{ours}}}", "image.gz", "image-0123456789abcdef.gz");
        Assert.That(image.File?.Content?.Value, Is.EqualTo("image.gz"));
        Assert.That(image.File?.Md5, Is.Null);
    }

    [Test]
    public async Task The_md5_is_kept_over_restarts_and_bound_to_the_bytes()
    {
        var image = await Load(WithFile(), "image.gz");
        Assert.That(await Md5(image), Is.EqualTo("XUFAKrxLKna5cZ2REBfFkg=="));
        var facts = _images.PathOf(LegacyUuid, ".imgapi-facts.json");
        _images.Restart(() => File.WriteAllText(facts, File.ReadAllText(facts).Replace("XUFAKrxLKna5", "keptkeptkept", StringComparison.Ordinal)));
        Assert.That(await Md5(image), Is.EqualTo("keptkeptkeptcZ2REBfFkg=="));
        _images.Restart(() => File.WriteAllText(_images.PathOf(LegacyUuid, "image.gz"), "hello!"));
        Assert.That(await Md5(image), Is.Not.EqualTo("keptkeptkeptcZ2REBfFkg=="));
    }

    private Task<string?> Md5(Image image) =>
        _images.Content.ComputeMd5Async(image.Uuid, image.File!.Content!.Value, CancellationToken.None);
}
