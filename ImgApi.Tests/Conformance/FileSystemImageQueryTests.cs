using ImgApi.Domain.Storage;
using ImgApi.Tests.Unit.Infrastructure.FileSystem;

namespace ImgApi.Tests.Conformance;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FileSystemImageQueryTests : ImageQueryConformance, IDisposable
{
    private readonly StoredImages _images = new();

    protected override IImageRepository Repository => _images.Repository;

    public void Dispose() => _images.Dispose();
}
