using System.IO.Pipelines;
using System.Threading.RateLimiting;
using ImgApi.Api.Observability;
using Microsoft.AspNetCore.Http.Features;

namespace ImgApi.Api.Responses;

/// <summary>
/// Bounds the memory that an answer takes per connection, see <see cref="PiecewiseWriter"/>. It precedes all middleware that may write a long
/// answer.
/// </summary>
#pragma warning disable CA1001 // The limiter lives as long as the server.
internal sealed class PiecewiseAnswers(RequestDelegate next, TrafficHistory traffic)
#pragma warning restore CA1001
{
    /// <summary>Bytes of all answers together that are written at once.</summary>
    public const int Room = 16 * 1024 * 1024;

    private readonly ConcurrencyLimiter _room = new(new() { PermitLimit = Room });

    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set<IHttpResponseBodyFeature>(new Body(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), _room, traffic));
        return next(context);
    }

    /// <summary>Writes to the web server in pieces. Code that gets memory from the writer has to flush it itself.</summary>
    private sealed class Body(IHttpResponseBodyFeature inner, RateLimiter room, TrafficHistory traffic) : IHttpResponseBodyFeature
    {
        public PipeWriter Writer => field ??= new PiecewiseWriter(inner.Writer, room, traffic);

        public Stream Stream => field ??= Writer.AsStream();

        public void DisableBuffering() => inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            inner.SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => inner.CompleteAsync();
    }
}
