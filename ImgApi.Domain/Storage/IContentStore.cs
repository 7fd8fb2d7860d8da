namespace ImgApi.Domain.Storage;

/// <summary>
/// Stores files and icons. Every implementation guarantees:
/// <list type="bullet">
/// <item>Content is invisible until it is committed, and durable from then on. It never changes; a replacement gets another key.</item>
/// <item>
/// The store itself eventually removes content that no image names and the remains of killed writers, but never content that may be in use:
/// not while it is being written, and not between its commit and the write of the image that names it.
/// </item>
/// <item>Faults of the medium are <see cref="ErrorCode.InsufficientStorage"/> or <see cref="ErrorCode.StorageIsDown"/>.</item>
/// </list>
/// </summary>
public interface IContentStore : IContentSource
{
    /// <summary>Starts to write new content for an image that the repository knows; <c>ResourceNotFound</c> if it was removed.</summary>
    /// <param name="name">Description of the content, which the store may include in the key.</param>
    /// <param name="length">Expected bytes, if known. The store fails at once if it has no space for them, but reserves space only while they arrive, a part at a time.</param>
    /// <param name="cancellation">Cancels this call, not the writer.</param>
    Task<IContentWriter> CreateAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation);

    /// <summary>Where a web server in front can read committed content; null if it has to be streamed. Its existence is not checked.</summary>
    ValueTask<ContentLocation?> LocateAsync(Uuid image, ContentKey content, CancellationToken cancellation);

    /// <summary>The Base64 MD5 of content that was stored without one, computed once and stored; null if the content is missing.</summary>
    Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation);

    /// <summary>Deletes content that no image names. Missing content is not an error. A fault is logged, not thrown.</summary>
    Task DeleteAsync(Uuid image, ContentKey content);
}

public interface IContentSource
{
    /// <summary>Opens committed content; null if it is missing. Open content stays readable after its deletion.</summary>
    ValueTask<IContentReader?> OpenAsync(Uuid image, ContentKey content, CancellationToken cancellation);
}

/// <summary>Committed content, open for reading. Concurrent reads are allowed.</summary>
public interface IContentReader : IDisposable
{
    long Length { get; }

    /// <summary>Returns the number of bytes, at least 1; 0 only at or after the end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellation);
}

/// <summary>Content being written by one caller at a time. Discarded if the writer or the process ends without <see cref="CommitAsync"/>.</summary>
public interface IContentWriter : IAsyncDisposable
{
    /// <summary>The buffer may be reused when the task has completed.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Makes the content durable, then visible under the returned key. The last call, made once.</summary>
    Task<ContentKey> CommitAsync(CancellationToken cancellation);
}

/// <summary>Committed content in a local file that other programs can read by its full path until the content is deleted.</summary>
public sealed record ContentLocation(string File);
