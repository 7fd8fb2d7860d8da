using System.Net;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The body of a response. If the connection breaks, stalls or is too slow, the rest is requested over a new connection, provided that the other
/// server shows that it is the same content.
/// </summary>
/// <param name="first">The first response, with status 200.</param>
/// <param name="refuse">
/// Creates the exception that ends the transfer, from the number of received bytes and the reason, which is a <see cref="TimeoutException"/> if
/// the transfer took too long.
/// </param>
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

    /// <summary>Number of bytes read. Thread-safe.</summary>
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

    /// <summary>Requests the rest, or ends the transfer.</summary>
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
                _response = await client.GetAsync(target, cancellation, request => _identity.AddRange(request, Position));
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
