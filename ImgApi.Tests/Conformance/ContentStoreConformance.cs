using System.Text;
using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <summary>The guarantees of <see cref="IContentStore"/>. Each implementation has a fixture that inherits this one.</summary>
internal abstract class ContentStoreConformance
{
    private static readonly ContentName GzipFile = new(ContentKind.File, "gzip");

    protected abstract IContentStore Store { get; }

    protected abstract IImageRepository Repository { get; }

    private Uuid ImageUuid { get; set; }

    [SetUp]
    public async Task AddImage()
    {
        var image = new ImageBuilder().Build();
        await Repository.AddAsync(image, WriteConditions.None, CancellationToken.None);
        ImageUuid = image.Uuid;
    }

    private async Task RemoveImageAsync() => Assert.That(
        await Repository.TryRemoveAsync(await Repository.GetAsync(ImageUuid, CancellationToken.None), WriteConditions.None, CancellationToken.None), Is.True);

    private async Task<ContentKey> Stored(string text, ContentName? name = null, long? length = null)
    {
        await using var writer = await Store.CreateAsync(ImageUuid, name ?? GzipFile, length, CancellationToken.None);
        foreach (var part in text.Chunk(3))
        {
            await writer.WriteAsync(Encoding.UTF8.GetBytes(part), CancellationToken.None);
        }

        return await writer.CommitAsync(CancellationToken.None);
    }

    private async Task<string?> Read(ContentKey key)
    {
        using var reader = await Store.OpenAsync(ImageUuid, key, CancellationToken.None);
        return reader is null ? null : await TextAsync(reader);
    }

    private static async Task<string> TextAsync(IContentReader reader)
    {
        var bytes = new byte[reader.Length];
        for (var offset = 0; offset < bytes.Length;)
        {
            offset += await reader.ReadAsync(bytes.AsMemory(offset), offset, CancellationToken.None);
        }

        return Encoding.UTF8.GetString(bytes);
    }

    [TestCase("gzip")]
    [TestCase("bzip2")]
    [TestCase("xz")]
    [TestCase("none")]
    public async Task Committed_content_is_read_as_it_was_written(string compression) =>
        Assert.That(await Read(await Stored("hello world", new ContentName(ContentKind.File, compression))), Is.EqualTo("hello world"));

    [TestCase("image/png")]
    [TestCase("image/jpeg")]
    [TestCase("image/gif")]
    public async Task A_committed_icon_is_read_as_it_was_written(string contentType) =>
        Assert.That(await Read(await Stored("icon", new ContentName(ContentKind.Icon, contentType))), Is.EqualTo("icon"));

    [TestCase(3)]
    [TestCase(1000000)]
    public async Task The_announced_length_need_not_be_the_real_one(long announced) =>
        Assert.That(await Read(await Stored("hello world", length: announced)), Is.EqualTo("hello world"));

    [Test]
    public async Task Every_content_has_a_key_of_its_own()
    {
        var first = await Stored("same");
        Assert.That(await Stored("same"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_read_begins_at_its_offset()
    {
        var key = await Stored("hello world");
        using var reader = await Store.OpenAsync(ImageUuid, key, CancellationToken.None);
        var buffer = new byte[5];
        Assert.That(await reader!.ReadAsync(buffer, 6, CancellationToken.None), Is.EqualTo(5));
        Assert.That(Encoding.UTF8.GetString(buffer), Is.EqualTo("world"));
    }

    [Test]
    public async Task A_read_at_the_end_returns_no_bytes()
    {
        using var reader = await Store.OpenAsync(ImageUuid, await Stored("hello world"), CancellationToken.None);
        Assert.That(await reader!.ReadAsync(new byte[5], 11, CancellationToken.None), Is.Zero);
    }

    [TestCase("image-0123456789abcdef.gz")]
    [TestCase("nonsense")]
    [TestCase("../manifest.json")]
    [TestCase("manifest.json")]
    public async Task Unknown_content_is_null(string key)
    {
        Assert.That(await Read(new ContentKey(key)), Is.Null);
        Assert.That(await Store.ComputeMd5Async(ImageUuid, new ContentKey(key), CancellationToken.None), Is.Null);
    }

    [TestCase("image-0123456789abcdef.gz")]
    [TestCase("nonsense")]
    [TestCase("../manifest.json")]
    [TestCase("manifest.json")]
    public async Task A_deletion_of_unknown_content_changes_nothing(string key)
    {
        await Store.DeleteAsync(ImageUuid, new ContentKey(key));
        await Store.DeleteAsync(Uuid.New(), new ContentKey(key));
        Assert.That(await Repository.FindAsync(ImageUuid, CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task An_open_reader_can_still_read_deleted_content()
    {
        var key = await Stored("hello");
        using var reader = await Store.OpenAsync(ImageUuid, key, CancellationToken.None);
        await Store.DeleteAsync(ImageUuid, key);
        Assert.That(await TextAsync(reader!), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Deleted_content_is_null()
    {
        var key = await Stored("hello");
        await Store.DeleteAsync(ImageUuid, key);
        Assert.That(await Read(key), Is.Null);
    }

    [Test]
    public async Task An_open_reader_can_still_read_the_content_of_a_removed_image()
    {
        var key = await Stored("hello");
        using var reader = await Store.OpenAsync(ImageUuid, key, CancellationToken.None);
        await RemoveImageAsync();
        Assert.That(await TextAsync(reader!), Is.EqualTo("hello"));
    }

    [Test]
    public async Task The_content_of_a_removed_image_is_null()
    {
        var key = await Stored("hello");
        await RemoveImageAsync();
        Assert.That(await Read(key), Is.Null);
    }

    [Test]
    public async Task The_location_of_content_is_null_or_a_file_with_its_bytes()
    {
        var location = await Store.LocateAsync(ImageUuid, await Stored("hello"), CancellationToken.None);
        Assert.That(location is null ? "hello" : await File.ReadAllTextAsync(location.File), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Content_that_is_being_written_cannot_be_read()
    {
        await using var writer = await Store.CreateAsync(ImageUuid, GzipFile, null, CancellationToken.None);
        await writer.WriteAsync("half"u8.ToArray(), CancellationToken.None);
        Assert.That(await Read(new ContentKey("image.gz")), Is.Null);
    }

    [Test]
    public async Task The_md5_of_content_is_the_digest_of_its_bytes()
    {
        var key = await Stored("hello");
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.ComputeMd5Async(ImageUuid, key, CancellationToken.None)));
        Assert.That(all, Is.All.EqualTo("XUFAKrxLKna5cZ2REBfFkg=="));
    }

    [Test]
    public async Task A_write_to_an_unknown_image_is_not_found()
    {
        var refusal = await Refusal.Of(() => Store.CreateAsync(Uuid.New(), GzipFile, null, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.ResourceNotFound));
    }

    [Test]
    public async Task A_commit_to_an_image_that_was_removed_meanwhile_is_not_found()
    {
        await using var writer = await Store.CreateAsync(ImageUuid, GzipFile, null, CancellationToken.None);
        await RemoveImageAsync();
        await writer.WriteAsync("late"u8.ToArray(), CancellationToken.None);
        var refusal = await Refusal.Of(() => writer.CommitAsync(CancellationToken.None));
        Assert.That(refusal.Message, Is.EqualTo($"image {ImageUuid} not found"));
    }
}
