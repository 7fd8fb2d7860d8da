using System.Net;
using ImgApi.Api.CommandLine.Transfers;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Api.CommandLine;

/// <summary>Which answers without an error in JSON, as proxies send them, are worth another attempt.</summary>
[TestFixture]
internal sealed class AttemptsTests
{
    private static readonly TransferRules Rules = new(0, Retries: 1, TimeSpan.FromMinutes(1));

    [TestCase(HttpStatusCode.Conflict, 1)]
    [TestCase(HttpStatusCode.RequestEntityTooLarge, 1)]
    [TestCase(HttpStatusCode.InternalServerError, 1)]
    [TestCase(HttpStatusCode.TooManyRequests, 2)]
    [TestCase(HttpStatusCode.BadGateway, 2)]
    [TestCase(HttpStatusCode.ServiceUnavailable, 2)]
    public async Task Only_an_answer_that_may_pass_is_repeated(HttpStatusCode status, int attempts)
    {
        var count = 0;
        await Refusal.Of(() => new Attempts(Rules, _ => { }).RunAsync<bool>(
            _ =>
            {
                count++;
                throw new ImgApiException(ErrorCode.RemoteSource, $"HTTP {(int)status}", inner: new HttpRequestException(null, null, status));
            },
            CancellationToken.None));
        Assert.That(count, Is.EqualTo(attempts));
    }
}
