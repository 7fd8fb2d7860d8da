using ImgApi.Domain.Storage;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;

namespace ImgApi.Tests.Conformance;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FileSystemUploadStoreTests : UploadStoreConformance, IDisposable
{
    private readonly StoredImages _images = new();

    protected override IUploadStore Store => _images.Uploads;

    protected override IContentStore Contents => _images.Content;

    protected override IImageRepository Images => _images.Repository;

    protected override void Restart() => _images.Restart();

    public void Dispose() => _images.Dispose();
}
