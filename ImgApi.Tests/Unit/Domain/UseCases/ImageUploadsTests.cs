using ImgApi.Domain.Contents;
using ImgApi.Domain.Quotas;
using ImgApi.Domain.Storage;
using ImgApi.Domain.UseCases;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Unit.Domain.UseCases;

/// <summary>
/// What happens to content when the manifest cannot be written. Both ports are mocks, since no real store can be made to
/// fail at exactly these moments.
/// </summary>
[TestFixture]
internal sealed class ImageUploadsTests
{
    private static readonly ContentKey Key = new("new");

    private Mock<IImageRepository> _images = null!;
    private Mock<IContentStore> _contents = null!;
    private Writer _writer = null!;
    private Image _image = null!;
    private Image _now = null!;
    private bool _isWritten;

    [SetUp]
    public void Prepare()
    {
        _image = _now = Image.Create(Uuid.New(), new ImageDetails());
        _isWritten = false;
        _writer = new Writer();
        _contents = new Mock<IContentStore>();
        _contents.Setup(contents => contents.CreateAsync(_image.Uuid, It.IsAny<ContentName>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(_writer);
        _images = new Mock<IImageRepository>();
        _images.Setup(images => images.FindAsync(_image.Uuid, It.IsAny<CancellationToken>())).ReturnsAsync(() => _now);
        _images.Setup(images => images.TryReplaceAsync(It.IsAny<Image>(), It.IsAny<Image>(), It.IsAny<WriteConditions>(), It.IsAny<CancellationToken>()))
            .Returns((Image before, Image after, WriteConditions _, CancellationToken _) =>
            {
                _now = _isWritten ? after : before;
                throw new ImgApiException(ErrorCode.StorageIsDown, "down");
            });
    }

    [TearDown]
    public async Task EndAsync() => await _writer.DisposeAsync();

    private async Task UploadAsync()
    {
        using var quota = new StorageQuota(_images.Object, Mock.Of<IUploadStore>(), QuotaRules.None);
        var uploads = new ImageUploads(
            _images.Object, _contents.Object, new ContentInspector(Mock.Of<IHeadUnpacker>()), quota, new ServerRules(), new FakeTimeProvider());
        var upload = new FileUpload(new MemoryStream([1, 2, 3]), 3, new("gzip", ContentClaims.None, null));
        await uploads.AddFileAsync(_image.Uuid, upload, _ => { }, CancellationToken.None);
    }

    [Test]
    public async Task Content_is_deleted_if_the_manifest_was_not_written()
    {
        await Assert.ThrowsAsync<ImgApiException>(UploadAsync);
        _contents.Verify(contents => contents.DeleteAsync(_image.Uuid, Key), Times.Once);
    }

    [Test]
    public async Task The_writer_of_content_is_disposed_after_a_failure()
    {
        await Assert.ThrowsAsync<ImgApiException>(UploadAsync);
        Assert.That(_writer.Disposed, Is.True);
    }

    [Test]
    public async Task Content_is_kept_if_the_manifest_was_written_despite_the_error()
    {
        _isWritten = true;
        await Assert.ThrowsAsync<ImgApiException>(UploadAsync);
        _contents.Verify(contents => contents.DeleteAsync(It.IsAny<Uuid>(), It.IsAny<ContentKey>()), Times.Never);
    }

    private sealed class Writer : IContentWriter
    {
        public bool Disposed { get; private set; }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => ValueTask.CompletedTask;

        public Task<ContentKey> CommitAsync(CancellationToken cancellation) => Task.FromResult(Key);

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
