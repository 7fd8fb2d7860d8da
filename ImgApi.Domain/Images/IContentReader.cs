namespace ImgApi.Domain.Images;

/// <summary>Committed content, open for reading. Calls on different offsets may run at once.</summary>
public interface IContentReader : IDisposable
{
    /// <summary>Bytes in all.</summary>
    long Length { get; }

    /// <summary>Full path of the file that holds the bytes, for other programs on this machine; gone once the content is deleted.</summary>
    string Path { get; }

    /// <summary>Reads from an offset into the buffer.</summary>
    /// <returns>Bytes read, at least 1; 0 only at or after the end.</returns>
    int Read(Span<byte> buffer, long offset);
}
