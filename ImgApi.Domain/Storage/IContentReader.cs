namespace ImgApi.Domain.Storage;

/// <summary>Committed content, open for reading. Reads at different offsets may run at the same time.</summary>
public interface IContentReader : IDisposable
{
    /// <summary>Size of the content in bytes.</summary>
    long Length { get; }

    /// <summary>Reads from an offset into the buffer.</summary>
    /// <returns>Bytes read, at least 1; 0 only at or after the end.</returns>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation);
}
