namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

/// <summary>What this server determines about the files of trondn/imgapi, and keeps in <c>.imgapi-facts.json</c>.</summary>
[TestFixture]
internal sealed class LegacyFactsTests : LegacyFolderFixture
{
    [Test]
    public async Task A_missing_publication_date_is_taken_from_the_time_of_the_content()
    {
        await LoadWithContentOf1970Async();
        Assert.That((await Images.GetAsync(LegacyUuid)).Details.PublishedAt?.Text, Is.EqualTo("1970-01-01T00:00:00.000Z"));
    }

    [Test]
    public async Task A_publication_date_stays_when_the_time_of_the_content_changes()
    {
        await LoadWithContentOf1970Async();
        Images.Restart(() => File.SetLastWriteTimeUtc(Images.PathOf(LegacyUuid, "image.gz"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That((await Images.GetAsync(LegacyUuid)).Details.PublishedAt?.Text, Is.EqualTo("1970-01-01T00:00:00.000Z"));
    }

    private async Task LoadWithContentOf1970Async()
    {
        await LoadAsync(WithFile());
        Images.Restart(() =>
        {
            File.Delete(Images.PathOf(LegacyUuid, ".imgapi-facts.json"));
            File.WriteAllText(Images.PathOf(LegacyUuid, "image.gz"), "hello");
            File.SetLastWriteTimeUtc(Images.PathOf(LegacyUuid, "image.gz"), DateTimeOffset.UnixEpoch.UtcDateTime);
        });
    }

    [Test]
    public async Task The_MD5_of_a_legacy_file_is_computed()
    {
        var image = await LoadAsync(WithFile(), "image.gz");
        Assert.That(await Md5(image), Is.EqualTo("XUFAKrxLKna5cZ2REBfFkg=="));
    }

    [Test]
    public async Task The_MD5_of_a_legacy_file_is_kept_across_restarts()
    {
        var image = await LoadWithRecordedMd5Async();
        Assert.That(await Md5(image), Is.EqualTo("keptkeptkeptcZ2REBfFkg=="));
    }

    [Test]
    public async Task The_MD5_of_a_legacy_file_is_computed_again_after_its_bytes_changed()
    {
        var image = await LoadWithRecordedMd5Async();
        Images.Restart(() => File.WriteAllText(Images.PathOf(LegacyUuid, "image.gz"), "hello!"));
        Assert.That(await Md5(image), Is.Not.EqualTo("keptkeptkeptcZ2REBfFkg=="));
    }

    /// <summary>Replaces the recorded MD5 by a recognizable one.</summary>
    private async Task<Image> LoadWithRecordedMd5Async()
    {
        var image = await LoadAsync(WithFile(), "image.gz");
        await Md5(image);
        var facts = Images.PathOf(LegacyUuid, ".imgapi-facts.json");
        Images.Restart(() => File.WriteAllText(facts, File.ReadAllText(facts).Replace("XUFAKrxLKna5", "keptkeptkept", StringComparison.Ordinal)));
        return image;
    }

    private Task<string?> Md5(Image image) =>
        Images.Content.ComputeMd5Async(image.Uuid, image.File!.Content!.Value, CancellationToken.None);
}
