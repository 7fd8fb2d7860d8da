using ImgApi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Server;

/// <summary>The line that <c>logRequests</c> logs for each request.</summary>
[TestFixture]
internal sealed class RequestLogTests
{
    private static async Task<IReadOnlyList<string>> LinesAsync(bool logs, Func<TestServer, Task> request)
    {
        using var log = new LogRecorder();
        await using (var server = await TestServer.StartAsync(
            configure: configuration => configuration with { LogRequests = logs }, replace: services => services.AddSingleton<ILoggerProvider>(log)))
        {
            await request(server);
            await server.StopAsync();
        }

        return [.. log.Lines.Where(line => line.StartsWith("method=", StringComparison.Ordinal))];
    }

    [Test]
    public async Task A_request_is_logged_in_one_line()
    {
        var id = "";
        var lines = await LinesAsync(logs: true, async server => id = (await server.Admin.PostAnswerAsync("/images?account=x", Requests.Manifest())).Header("x-request-id")!);
        Assert.That(lines.Single(), Does.Match($"^method=POST path=/images status=422 milliseconds=[0-9]+ user=admin address=127.0.0.1 request={id}$"));
    }

    [Test]
    public async Task The_query_which_may_contain_secrets_is_not_logged()
    {
        var lines = await LinesAsync(logs: true, server => server.Admin.GetAnswerAsync("/images?source=http://bob:hunter2@example.com"));
        Assert.That(lines.Single(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task By_default_requests_are_not_logged() =>
        Assert.That(await LinesAsync(logs: false, server => server.Admin.GetAnswerAsync("/ping")), Is.Empty);
}
