using System.Net;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// A body that is read over as many connections as it takes: one that breaks, stands still or is too slow is replaced by a request for
/// the rest, as long as the other server can tell that the rest belongs to the same content.
/// </summary>
/// <param name="client">Sends the requests for the rest.</param>
/// <param name="first">The answer with the beginning, its status 200.</param>
/// <param name="refuse">Makes the exception that ends the transfer, of the bytes that came and the reason; that is a TimeoutException if it took too long.</param>
/// <param name="options">For timeouts, attempts and waits.</param>
/// <param name="clock">Counts them.</param>
internal sealed class ResumingStream(
    RemoteClient client, RemoteTarget target, HttpResponseMessage first, Func<long, Exception, ImgApiException> refuse,
    RemoteOptions options, TimeProvider clock) : ReadOnlyStream
{
    private readonly CancellationTokenSource _total = new(options.TotalTimeout, clock);
    private readonly TransferPace _pace = new(options.MinRate, options.StallTimeout);
    private readonly ContentIdentity _identity = ContentIdentity.FromResponse(first);
    private HttpResponseMessage? _response = first;
    private Stream? _body;
    private long _position;

    /// <summary>Bytes that were read.</summary>
    public override long Position
    {
        get => Interlocked.Read(ref _position);
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var allowed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _total.Token);
        try
        {
            var count = await ReadOrResumeAsync(buffer, allowed.Token);
            Interlocked.Add(ref _position, count);
            return count;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && _total.IsCancellationRequested)
        {
            throw refuse(Position, new TimeoutException($"the transfer took longer than {RemoteFault.FormatDuration(options.TotalTimeout)}"));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response?.Dispose();
            _total.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOrResumeAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            Exception cause;
            try
            {
                var count = await ReadOnceAsync(buffer, cancellation);
                if (count > 0 || _identity.Length is not { } length || Position == length)
                {
                    return count;
                }

                cause = new EndOfStreamException("the connection ended early");
            }
            catch (TimeoutException slow)
            {
                cause = slow;
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && RemoteFault.IsFault(fault))
            {
                cause = new EndOfStreamException(fault is OperationCanceledException
                    ? $"no byte came for {RemoteFault.FormatDuration(options.StallTimeout)}"
                    : RemoteFault.Translate(fault, options).Message);
            }

            await ResumeAsync(cause, cancellation);
        }
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (Position != _identity.Length)
        {
            _pace.EnsureFastEnough();
        }

        using var stall = new CancellationTokenSource(options.StallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stall.Token);
        _body ??= await _response!.Content.ReadAsStreamAsync(either.Token);
        var start = clock.GetTimestamp();
        var count = await _body.ReadAsync(buffer, either.Token);
        _pace.Count(count, clock.GetElapsedTime(start));
        return count;
    }

    /// <summary>Opens the rest, or ends the transfer.</summary>
    private async Task ResumeAsync(Exception cause, CancellationToken cancellation)
    {
        _response?.Dispose();
        (_response, _body) = (null, null);
        while (_pace.Failures < options.Attempts)
        {
            await Task.Delay(options.FirstWait * (1 << Math.Min(_pace.Failures, 16)), clock, cancellation);
            _pace.Fail();
            try
            {
                _response = await client.GetAsync(target, request => _identity.AddRange(request, Position), cancellation);
            }
            catch (ImgApiException unreachable) when (!cancellation.IsCancellationRequested)
            {
                cause = new EndOfStreamException(unreachable.Message);
                continue;
            }

            if (_identity.IsRest(_response, Position))
            {
                return;
            }

            if (_response.StatusCode is < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
            {
                throw TransferFailed(cause, "the other server cannot go on where it stopped");
            }

            cause = new EndOfStreamException($"HTTP {(int)_response.StatusCode}");
            _response.Dispose();
        }

        throw TransferFailed(cause, $"given up after {options.Attempts} attempts");
    }

    private ImgApiException TransferFailed(Exception cause, string outcome)
    {
        var text = $"{cause.Message}; {outcome}";
        return refuse(Position, cause is TimeoutException ? new TimeoutException(text) : new EndOfStreamException(text));
    }
}
