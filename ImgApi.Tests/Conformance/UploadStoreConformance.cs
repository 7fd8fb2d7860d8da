using System.Text;
using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Conformance;

/// <summary>The guarantees of <see cref="IUploadStore"/>. Each implementation has a fixture that inherits this one.</summary>
internal abstract partial class UploadStoreConformance
{
    private static readonly ContentName GzipFile = new(ContentKind.File, "gzip");
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 10, 1, TimeSpan.Zero);

    protected abstract IUploadStore Store { get; }

    protected abstract IContentStore Contents { get; }

    protected abstract IImageRepository Images { get; }

    private Uuid ImageUuid { get; set; }

    /// <summary>Closes and opens the stores, as a restart does.</summary>
    protected abstract void Restart();

    [SetUp]
    public async Task AddImageAsync() =>
        ImageUuid = (await Images.AddAsync(new ImageBuilder().Build(), WriteConditions.None, CancellationToken.None)).Uuid;

    private PendingUpload Described(long length = 11, DateTimeOffset? createdAt = null) =>
        new(Uuid.New(), ImageUuid, length, new FileDescription("gzip", new ContentClaims("aa", "bb", 7), "12") { IsForced = true }, createdAt ?? Monday)
        {
            FormerFile = new ContentKey("image.gz"),
            Metadata = "compression Z3ppcA==",
        };

    private async Task<Uuid> CreatedAsync(string bytes = "")
    {
        var upload = Described();
        await Store.CreateAsync(upload, CancellationToken.None);
        await AppendAsync(upload.Id, bytes);
        return upload.Id;
    }

    private async Task AppendAsync(Uuid id, string bytes)
    {
        await using var writer = await Store.AppendAsync(id, CancellationToken.None);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(bytes), CancellationToken.None);
        await writer.FlushAsync(CancellationToken.None);
    }

    private async Task<StoredUpload> FoundAsync(Uuid id) =>
        await Store.FindAsync(id, CancellationToken.None) ?? throw new AssertionException("the upload is missing");

    private async Task<string?> ReadAsync(Uuid id) => await TextAsync(await Store.OpenAsync(id, CancellationToken.None));

    private async Task<string?> ReadContentAsync(ContentKey key) => await TextAsync(await Contents.OpenAsync(ImageUuid, key, CancellationToken.None));

    private static async Task<string?> TextAsync(IContentReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        using (reader)
        {
            var bytes = new byte[100];
            return Encoding.UTF8.GetString(bytes, 0, await reader.ReadAsync(bytes, 0, CancellationToken.None));
        }
    }

    [Test]
    public async Task A_created_upload_is_found_as_it_was_described()
    {
        var upload = Described();
        await Store.CreateAsync(upload, CancellationToken.None);
        Assert.That((await FoundAsync(upload.Id)) with { LastActivityAt = Monday }, Is.EqualTo(new StoredUpload(upload, 0, Monday, null, IsFinished: false)));
    }

    [Test]
    public async Task An_upload_survives_a_restart_with_its_bytes()
    {
        var upload = Described();
        await Store.CreateAsync(upload, CancellationToken.None);
        await AppendAsync(upload.Id, "hello");
        var before = await FoundAsync(upload.Id);
        Restart();
        Assert.That(await FoundAsync(upload.Id), Is.EqualTo(before));
        Assert.That((before.Offset, await ReadAsync(upload.Id)), Is.EqualTo((5, "hello")));
    }

    [Test]
    public async Task Bytes_are_appended_after_those_of_earlier_writers()
    {
        var id = await CreatedAsync("hello");
        Restart();
        await AppendAsync(id, " world");
        Assert.That((await ReadAsync(id), (await FoundAsync(id)).IsComplete), Is.EqualTo(("hello world", true)));
    }

    [Test]
    public async Task A_writer_begins_at_the_offset_of_the_upload()
    {
        var id = await CreatedAsync("hello");
        await using var writer = await Store.AppendAsync(id, CancellationToken.None);
        Assert.That(writer.Offset, Is.EqualTo(5));
    }

    [Test]
    public async Task A_truncated_upload_continues_where_it_was_truncated()
    {
        var id = await CreatedAsync("hello");
        await using (var writer = await Store.AppendAsync(id, CancellationToken.None))
        {
            await writer.TruncateAsync(2, CancellationToken.None);
            await writer.WriteAsync("x"u8.ToArray(), CancellationToken.None);
        }

        Assert.That((await ReadAsync(id), (await FoundAsync(id)).Offset), Is.EqualTo(("hex", 3)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Unverified_bytes_do_not_count_and_the_next_writer_removes_them(bool restarts)
    {
        var id = await CreatedAsync("hello");
        await using (var writer = await Store.AppendAsync(id, CancellationToken.None))
        {
            await writer.BeginUnverifiedAsync(CancellationToken.None);
            await writer.WriteAsync("bytes"u8.ToArray(), CancellationToken.None);
        }

        if (restarts)
        {
            Restart();
        }

        Assert.That((await FoundAsync(id)).Offset, Is.EqualTo(5));
        await AppendAsync(id, " world");
        Assert.That((await ReadAsync(id), (await FoundAsync(id)).IsComplete), Is.EqualTo(("hello world", true)));
    }

    [Test]
    public async Task Verified_bytes_count_after_the_next_flush_also_after_a_restart()
    {
        var id = await CreatedAsync("hello");
        await using (var writer = await Store.AppendAsync(id, CancellationToken.None))
        {
            await writer.BeginUnverifiedAsync(CancellationToken.None);
            await writer.WriteAsync(" wor"u8.ToArray(), CancellationToken.None);
            await writer.FlushAsync(CancellationToken.None);
            await writer.WriteAsync("ld"u8.ToArray(), CancellationToken.None);
        }

        Restart();
        Assert.That(((await FoundAsync(id)).Offset, await ReadAsync(id)), Is.EqualTo((11, "hello world")));
    }

    [Test]
    public async Task Uploads_are_listed_in_the_order_of_their_creation()
    {
        var later = Described(createdAt: Monday.AddHours(1));
        var earlier = Described();
        await Store.CreateAsync(later, CancellationToken.None);
        await Store.CreateAsync(earlier, CancellationToken.None);
        Restart();
        var listed = await Store.ListAsync(CancellationToken.None);
        Assert.That(listed.Select(stored => stored.Upload.Id), Is.EqualTo(new[] { earlier.Id, later.Id }));
    }

    [Test]
    public async Task A_deleted_upload_is_unknown_also_after_a_restart()
    {
        var id = await CreatedAsync("hello");
        await Store.DeleteAsync(id, CancellationToken.None);
        Assert.That(await Store.FindAsync(id, CancellationToken.None), Is.Null);
        Restart();
        Assert.That(await Store.ListAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task An_unknown_upload_is_null_and_its_deletion_changes_nothing()
    {
        await Store.DeleteAsync(Uuid.New(), CancellationToken.None);
        Assert.That(await Store.FindAsync(Uuid.New(), CancellationToken.None), Is.Null);
        Assert.That(await Store.OpenAsync(Uuid.New(), CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task An_upload_that_is_larger_than_the_medium_is_refused_and_unknown()
    {
        var upload = Described(length: long.MaxValue);
        var refusal = await Refusal.Of(() => Store.CreateAsync(upload, CancellationToken.None));
        Assert.That((refusal.Code, await Store.FindAsync(upload.Id, CancellationToken.None)), Is.EqualTo((ErrorCode.InsufficientStorage, (StoredUpload?)null)));
    }
}
