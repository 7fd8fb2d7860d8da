using System.Globalization;
using System.Net;
using System.Security.Authentication;
using ImgApi.Api.CommandLine.Output;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>
/// Repeats reads after a broken connection or an overloaded proxy, with growing pauses, and says so. The library is used only after a failure,
/// since it takes time to load.
/// </summary>
internal sealed class RepeatingHandler(Printer printer, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaxRepeats = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            return IsTransient(response)
                ? await RepeatAsync(request, () => ValueTask.FromResult(response), cancellationToken)
                : response;
        }
        catch (HttpRequestException fault) when (IsTransient(fault))
        {
            return await RepeatAsync(request, () => ValueTask.FromException<HttpResponseMessage>(fault), cancellationToken);
        }
    }

    /// <param name="first">The outcome of the first attempt.</param>
    private async Task<HttpResponseMessage> RepeatAsync(
        HttpRequestMessage request, Func<ValueTask<HttpResponseMessage>> first, CancellationToken cancellation)
    {
        var attempt = 0;
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = MaxRepeats,
            Delay = TimeSpan.FromSeconds(0.5),
            UseJitter = false,
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome switch
            {
                { Exception: HttpRequestException fault } => IsTransient(fault),
                { Result: { } response } => IsTransient(response),
                _ => false,
            }),
            OnRetry = retry =>
            {
                Note(retry.Outcome, retry.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
        return await pipeline.ExecuteAsync(
            async allowed => attempt++ == 0 ? await first() : await base.SendAsync(request, allowed), cancellation);
    }

    private void Note(Outcome<HttpResponseMessage> outcome, TimeSpan delay)
    {
        var reason = outcome.Result is { } response ? $"HTTP {(int)response.StatusCode}" : outcome.Exception!.Message;
        if (Terminal.ShowsErrors)
        {
            printer.Note(string.Create(CultureInfo.InvariantCulture, $"imgapi: {reason}; trying again in {delay.TotalSeconds:0.#} s"));
        }
    }

    private static bool IsTransient(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
        || (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null);

    /// <summary>An unknown name or a bad certificate stays what it is.</summary>
    private static bool IsTransient(HttpRequestException fault) =>
        fault.HttpRequestError != HttpRequestError.NameResolutionError && fault.InnerException is not AuthenticationException;
}
