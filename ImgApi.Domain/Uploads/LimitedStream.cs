namespace ImgApi.Domain.Uploads;

/// <summary>The next bytes of a stream, up to a limit. Disposing it leaves the stream open.</summary>
internal sealed class LimitedStream(Stream source, long limit) : ReadOnlyStream
{
    private long _left = limit;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0)
        {
            return 0;
        }

        var count = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= count;
        return count;
    }
}
