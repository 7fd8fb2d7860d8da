using ImgApi.Api.Background;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The bytes of a file on their way to a server: they are hashed, counted, and slowed down if there is a limit.</summary>
/// <param name="inner">The bytes from <paramref name="offset"/>.</param>
/// <param name="length">Number of bytes in the file; null for a pipe, whose producer may pause for as long as it likes.</param>
internal sealed class SentStream(Stream inner, long offset, long? length, RunningSha1 sha1, ReadPace pace, StallWatch watch, Action<long> sent) : ReadOnlyStream
{
    // Few enough that a slow line sends them before the watch takes it for a broken one.
    private const int MaxAtOnce = 128 * 1024;

    private long _position = offset;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // The bytes before this read have been sent.
        sent(_position);
        if (length is null)
        {
            watch.Suspend();
        }
        else
        {
            watch.Restart();
        }

        var piece = buffer[..pace.Portion(Math.Min(buffer.Length, MaxAtOnce))];
        // An asynchronous read of a file takes another thread, and more time than the read itself.
        var count = inner is FileStream file ? file.Read(piece.Span) : await inner.ReadAsync(piece, cancellationToken);
        watch.Restart();
        // Bytes that follow a gap belong to a file whose hash is known.
        if (_position <= sha1.Position)
        {
            sha1.Add(_position, buffer.Span[..count]);
        }

        _position += count;
        await pace.CountAsync(count, cancellationToken);
        if (count == 0 || _position == length)
        {
            watch.AwaitAnswer();
        }

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
