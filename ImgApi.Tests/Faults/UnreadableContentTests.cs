using System.Net;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Integrity;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace ImgApi.Tests.Faults;

/// <summary>A disk that cannot be read for a while, as the background check sees it.</summary>
[TestFixture]
internal sealed class UnreadableContentTests
{
    [Test]
    public async Task What_could_not_be_read_once_is_reported_and_still_sent_when_it_can_be_read()
    {
        var sick = new Mock<IContentSource>();
        sick.Setup(source => source.OpenReadAsync(It.IsAny<Uuid>(), It.IsAny<ContentKey>(), It.IsAny<CancellationToken>()))
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
}
