namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// The body of a response that is an array. It limits how many bytes may come until the reader resets the count, so that one element cannot fill
/// the memory, and how long it takes until the next bytes come.
/// </summary>
internal sealed class ElementLimitStream(RemoteClient client, Stream inner) : ReadOnlyStream
{
    private const int Limit = 4 * 1024 * 1024;

    private int _count;

    /// <summary>Begins the next element.</summary>
    public void Reset() => _count = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_count > Limit)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"an entry of the answer exceeds {ByteSize.Format(Limit)}");
        }

        var count = await client.StepAsync(async allowed => await inner.ReadAsync(buffer, allowed), cancellationToken);
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
