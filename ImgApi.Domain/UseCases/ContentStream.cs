namespace ImgApi.Domain.UseCases;

/// <summary>Stored content as a stream. Disposing it disposes the reader.</summary>
internal sealed class ContentStream(IContentReader reader) : ReadOnlyStream
{
    private long _position;

    public override long Length => reader.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await reader.ReadAsync(buffer, _position, cancellationToken);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Dispose();
        }

        base.Dispose(disposing);
    }
}
