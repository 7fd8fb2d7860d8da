using ImgApi.Domain.Storage;
using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace ImgApi.Tests.Server.Pages;

/// <summary>A search whose page nobody waits for, since the user typed on.</summary>
[TestFixture]
internal sealed class AbandonedSearchTests
{
    [Test]
    public async Task A_search_is_canceled_when_the_browser_aborts_its_request()
    {
        var (begun, canceled) = (new TaskCompletionSource(), new TaskCompletionSource());
        var images = new Mock<IImageRepository>();
        images.Setup(store => store.QueryVersionsAsync(It.IsAny<ImageQuery>(), It.IsAny<CancellationToken>()))
            .Returns(async (ImageQuery _, CancellationToken cancellation) =>
            {
                cancellation.Register(canceled.SetResult);
                begun.SetResult();
                await canceled.Task;
                cancellation.ThrowIfCancellationRequested();
                return [];
            });
        await using var server = await TestServer.StartAsync(replace: services => services.AddSingleton(images.Object));
        using var abort = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/?q=slow") { Headers = { { "Accept", "text/html" } } };
        var answer = server.Anonymous.SendAsync(request, abort.Token);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await abort.CancelAsync();
        await canceled.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That(() => answer, Throws.InstanceOf<OperationCanceledException>());
    }
}
