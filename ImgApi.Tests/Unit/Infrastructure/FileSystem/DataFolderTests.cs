using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Infrastructure.FileSystem;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DataFolderTests : IDisposable
{
    private readonly StoredImages _images = new();

    public void Dispose() => _images.Dispose();

    [Test]
    public async Task A_data_folder_that_another_process_uses_is_refused()
    {
        await _images.AddAsync(new ImageBuilder());
        Assert.That(
            () => DataFolder.Open(_images.Folder.Path),
            Throws.TypeOf<DataFolderException>().With.Message.EqualTo($"the data folder {_images.Folder.Path} is in use by another process"));
    }

    [Test]
    public void A_data_folder_that_is_a_file_is_refused()
    {
        var file = _images.Folder.Write("file", "");
        Assert.That(() => DataFolder.Open(file), Throws.TypeOf<DataFolderException>().With.Message.Contains(file));
    }

    [Test]
    public async Task New_files_and_folders_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no file modes.");
            return;
        }

        using var data = DataFolder.Open(_images.Folder.Combine("a", "b"));
        var image = await _images.AddAsync(new ImageBuilder());
        var file = await _images.UploadAsync(image.Uuid, "bytes"u8.ToArray());
        const UnixFileMode Mode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(File.GetUnixFileMode(data.Root), Is.EqualTo(Mode600 | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(_images.PathOf(image.Uuid)), Is.EqualTo(Mode600 | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(_images.PathOf(image.Uuid, "manifest.json")), Is.EqualTo(Mode600));
        Assert.That(File.GetUnixFileMode(_images.PathOf(image.Uuid, file.Content.ToString()!)), Is.EqualTo(Mode600));
    }

    [Test]
    public async Task Content_that_is_not_committed_leaves_no_file()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        await using (var writer = await _images.Content.CreateAsync(image.Uuid, new(ContentKind.File, "xz"), 100, CancellationToken.None))
        {
            await writer.WriteAsync("half"u8.ToArray(), CancellationToken.None);
        }

        Assert.That(Directory.GetFiles(_images.PathOf(image.Uuid)).Single(), Does.EndWith("manifest.json"));
    }

    [Test]
    public async Task Content_larger_than_the_free_space_is_refused_before_any_byte_is_written()
    {
        var image = await _images.AddAsync(new ImageBuilder());
        var refusal = await Refusal.Of(() => _images.Content.CreateAsync(image.Uuid, new(ContentKind.File, "xz"), 1L << 62, CancellationToken.None));
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.InsufficientStorage));
        Assert.That(refusal.Message, Does.Not.Contain(_images.Folder.Path));
        Assert.That(Directory.GetFiles(_images.PathOf(image.Uuid)), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_failed_write_is_reported_without_details_but_with_its_cause_for_the_log()
    {
        var refusal = await FailToRenameAsync(await _images.AddAsync(new ImageBuilder()));
        Assert.Multiple(() =>
        {
            Assert.That(refusal.Code, Is.EqualTo(ErrorCode.StorageIsDown));
            Assert.That(refusal.Message, Is.EqualTo("storage is down at the moment"));
            Assert.That(refusal.InnerException, Is.Not.Null);
        });
    }

    [Test]
    public async Task A_write_that_fails_before_its_commit_changes_nothing()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("old"));
        await FailToRenameAsync(image);
        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("old"));
    }

    [Test]
    public async Task A_failed_write_can_be_repeated_once_the_fault_is_gone()
    {
        var image = await _images.AddAsync(new ImageBuilder().Named("old"));
        await FailToRenameAsync(image);
        File.Delete(_images.PathOf(image.Uuid));
        Directory.Move(_images.Folder.Combine("away"), _images.PathOf(image.Uuid));
        await _images.RenameAsync(image.Uuid, "new");
        Assert.That((await _images.GetAsync(image.Uuid)).Details.Name, Is.EqualTo("new"));
    }

    /// <summary>Replaces the image's folder by a file, so that nothing can be written in it.</summary>
    private async Task<ImgApiException> FailToRenameAsync(Image image)
    {
        Directory.Move(_images.PathOf(image.Uuid), _images.Folder.Combine("away"));
        await File.WriteAllTextAsync(_images.PathOf(image.Uuid), "");
        return await Refusal.Of(() => _images.RenameAsync(image.Uuid, "new"));
    }

    [TestCase(28, "InsufficientStorage")]
    [TestCase(122, "InsufficientStorage")]
    [TestCase(5, "StorageIsDown")]
    [TestCase(30, "StorageIsDown")]
    public void An_errno_is_translated_to_its_error_code(int error, string code) =>
        Assert.That(StorageFault.Translate(new IOException("x", error)).Code.Name, Is.EqualTo(code));
}
