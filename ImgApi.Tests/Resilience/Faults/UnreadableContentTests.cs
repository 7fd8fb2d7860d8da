using System.Net;
using ImgApi.Api.Background;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>What the background check must not report as permanent damage: a temporary read error, and content that is being deleted.</summary>
[TestFixture]
internal sealed class UnreadableContentTests
{
    [Test]
    public async Task Content_that_could_not_be_read_once_is_reported_but_still_sent()
    {
        var broken = new Mock<IContentSource>();
        broken.Setup(source => source.OpenAsync(It.IsAny<Uuid>(), It.IsAny<ContentKey>(), It.IsAny<CancellationToken>()))
            .Throws(new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment"));
        using var folder = new TemporaryFolder();
        string uuid;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            uuid = await server.Admin.PublishAsync();
        }

        await using var checking = await TestServer.StartAsync(dataFolder: folder.Path, replace: services => services.AddSingleton(provider =>
            new ContentVerification(provider.GetRequiredService<IImageRepository>(), broken.Object, TimeProvider.System)));
        await Eventually.TrueAsync(async () => (await checking.Admin.GetAnswerAsync("/health")).Json.GetProperty("status").GetString() == "degraded");
        Assert.That((await checking.Admin.GetAnswerAsync($"/images/{uuid}/file")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Missing_content_of_an_image_that_is_being_removed_is_not_damage()
    {
        var image = new ImageBuilder().WithFile(ImageBuilder.SomeFile() with { Content = new ContentKey("image-0123456789abcdef.gz") }).Build();
        var images = new Mock<IImageRepository>();
        images.Setup(repository => repository.QueryAsync(It.IsAny<ImageQuery>(), It.IsAny<CancellationToken>())).Returns(new ValueTask<ImageList>(new ImageList([image], 1)));
        images.Setup(repository => repository.FindAsync(image.Uuid, It.IsAny<CancellationToken>())).Returns(new ValueTask<Image?>(image));
        images.Setup(repository => repository.FindSettledAsync(image.Uuid, It.IsAny<CancellationToken>())).Returns(new ValueTask<Image?>((Image?)null));
        var store = new Mock<IDamageStore>();
        store.Setup(damages => damages.LoadAsync(It.IsAny<CancellationToken>())).Returns(new ValueTask<IReadOnlyList<Damage>?>([]));
        using var register = new DamageRegister(store.Object);
        var empty = new Mock<IContentSource>();
        using var scrub = new ContentScrub(
            images.Object, new ContentVerification(images.Object, empty.Object, TimeProvider.System), register,
            new CatalogueLoadReport(1, [], [], []), Mock.Of<IAuditLog>(), new ServerConfiguration { DataFolder = "none" }, TimeProvider.System, new LogRecorder().Of<ContentScrub>());
        await scrub.PassAsync(bytesPerSecond: 0, CancellationToken.None);
        store.Verify(damages => damages.ChangeAsync(
            It.IsAny<IReadOnlyCollection<Damage>>(), It.IsAny<IReadOnlyCollection<DamagedContent>>(), It.IsAny<CancellationToken>()), Times.Never);
    }
}
