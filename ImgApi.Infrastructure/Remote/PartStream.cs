namespace ImgApi.Infrastructure.Remote;

/// <summary>The body of a response, over one connection. A failure is an <see cref="ImgApiException"/>; the caller may request the rest.</summary>
internal sealed class PartStream(HttpResponseMessage response, Stream body, RemoteOptions options) : ReadOnlyStream
{
    private long _position;

    /// <summary>Number of bytes read.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await body.ReadAsync(buffer, cancellationToken);
            _position += count;
            return count;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && RemoteFault.IsFault(fault))
        {
            throw RemoteFault.Translate(fault, options);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
