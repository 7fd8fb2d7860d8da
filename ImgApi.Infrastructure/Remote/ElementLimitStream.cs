namespace ImgApi.Infrastructure.Remote;

/// <summary>Limits how many bytes may come until the reader resets the count, so that one element of an array cannot fill the memory.</summary>
internal sealed class ElementLimitStream(Stream inner) : ReadOnlyStream
{
    private const int Limit = 4 * 1024 * 1024;

    private int _count;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Begins the next element.</summary>
    public void Reset() => _count = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_count > Limit)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"an entry of the answer exceeds {ByteSize.Format(Limit)}");
        }

        var count = await inner.ReadAsync(buffer, cancellationToken);
        _count += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
