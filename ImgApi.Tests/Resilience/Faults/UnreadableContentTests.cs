using System.Net;
using ImgApi.Api.Background;
using ImgApi.Api.Configuration;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace ImgApi.Tests.Resilience.Faults;

/// <summary>What the background check must not take for damage: a disk that cannot be read for a while, and what is just being deleted.</summary>
[TestFixture]
internal sealed class UnreadableContentTests
{
    [Test]
    public async Task What_could_not_be_read_once_is_reported_and_still_sent_when_it_can_be_read()
    {
        var sick = new Mock<IContentSource>();
        sick.Setup(source => source.OpenAsync(It.IsAny<Uuid>(), It.IsAny<ContentKey>(), It.IsAny<CancellationToken>()))
            .Throws(new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment"));
        using var folder = new TemporaryFolder();
        string uuid;
        await using (var server = await TestServer.StartAsync(dataFolder: folder.Path))
        {
            uuid = await server.Admin.PublishAsync();
        }

        await using var checking = await TestServer.StartAsync(dataFolder: folder.Path, replace: services => services.AddSingleton(provider =>
            new ContentVerification(provider.GetRequiredService<IImageRepository>(), sick.Object, TimeProvider.System)));
        await Eventually.TrueAsync(async () => (await checking.Admin.GetAnswerAsync("/health")).Json.GetProperty("status").GetString() == "degraded");
        Assert.That((await checking.Admin.GetAnswerAsync($"/images/{uuid}/file")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Content_of_an_image_whose_removal_is_under_way_is_no_damage()
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
            new CatalogueLoadReport(1, [], [], []), new ServerConfiguration { DataFolder = "none" }, TimeProvider.System, new LogRecorder().Of<ContentScrub>());
        await scrub.PassAsync(bytesPerSecond: 0, CancellationToken.None);
        store.Verify(damages => damages.ChangeAsync(
            It.IsAny<IReadOnlyCollection<Damage>>(), It.IsAny<IReadOnlyCollection<DamagedContent>>(), It.IsAny<CancellationToken>()), Times.Never);
    }
}
