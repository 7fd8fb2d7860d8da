using ImgApi.Domain.Contents;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Images.UseCases;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ImgApi.Tests.Domain;

/// <summary>
/// What happens to content when the manifest cannot be written. Mocks of both ports, since no real one fails at exactly
/// these moments when asked to.
/// </summary>
[TestFixture]
internal sealed class ImageUploadsTests
{
    private static readonly ContentKey Key = new("new");

    private Mock<IImageRepository> _images = null!;
    private Mock<IImageContentStore> _contents = null!;
    private Writer _writer = null!;
    private Image _image = null!;

    [SetUp]
    public void Prepare()
    {
        _image = Image.Create(Uuid.New(), new ImageDetails());
        _writer = new Writer();
        _contents = new Mock<IImageContentStore>();
        _contents.Setup(contents => contents.BeginWriteAsync(_image.Uuid, It.IsAny<ContentName>(), It.IsAny<long?>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(_writer);
        _images = new Mock<IImageRepository>();
        _images.Setup(images => images.ChangeAsync(_image.Uuid, It.IsAny<Func<Image, ICatalogueView, Image>>(), It.IsAny<CancellationToken>()))
            .Returns((Uuid _, Func<Image, ICatalogueView, Image> change, CancellationToken _) =>
            {
                change(_image, Mock.Of<ICatalogueView>());
                throw new ImgApiException(ErrorCode.StorageIsDown, "down");
            });
    }

    [TearDown]
    public async Task EndAsync() => await _writer.DisposeAsync();

    private Task UploadAsync()
    {
        var uploads = new ImageUploads(_images.Object, _contents.Object, new ContentInspection(Mock.Of<IHeadUnpacker>()), new ServerRules(), new FakeTimeProvider());
        var upload = new FileUpload(new MemoryStream([1, 2, 3]), 3, "gzip", ContentClaims.None, null);
        return uploads.AddFileAsync(_image.Uuid, upload, _ => { }, CancellationToken.None);
    }

    [Test]
    public async Task Content_that_no_manifest_names_is_deleted()
    {
        _images.Setup(images => images.FindAsync(_image.Uuid, It.IsAny<CancellationToken>())).ReturnsAsync(_image);
        await Assert.ThrowsAsync<ImgApiException>(UploadAsync);
        _contents.Verify(contents => contents.DeleteAsync(_image.Uuid, Key), Times.Once);
        Assert.That(_writer.Disposed, Is.True);
    }

    [Test]
    public async Task Content_that_the_manifest_names_after_all_stays()
    {
        var named = _image.AttachFile(new ImageFile { Sha1 = "", Size = 3, Compression = "gzip", ModifiedAt = default, Content = Key });
        _images.Setup(images => images.FindAsync(_image.Uuid, It.IsAny<CancellationToken>())).ReturnsAsync(named);
        await Assert.ThrowsAsync<ImgApiException>(UploadAsync);
        _contents.Verify(contents => contents.DeleteAsync(It.IsAny<Uuid>(), It.IsAny<ContentKey>()), Times.Never);
    }

    /// <summary>By hand, since no mock can take a span.</summary>
    private sealed class Writer : IContentWriter
    {
        public bool Disposed { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
        }

        public Task<ContentKey> CommitAsync(CancellationToken cancellation) => Task.FromResult(Key);

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
