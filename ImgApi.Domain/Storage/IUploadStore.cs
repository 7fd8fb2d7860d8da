namespace ImgApi.Domain.Storage;

/// <summary>
/// Stores image files that arrive in several transfers, until they are complete. Every implementation guarantees:
/// <list type="bullet">
/// <item>An upload exists, and survives power loss, from the return of <see cref="CreateAsync"/> to that of <see cref="DeleteAsync"/>.</item>
/// <item>
/// Bytes are durable when <see cref="IUploadWriter.FlushAsync"/> has returned. <see cref="StoredUpload.Offset"/> is the number of bytes that
/// the medium holds and that count, also after the process was killed. Those after <see cref="IUploadWriter.BeginUnverifiedAsync"/> do not count.
/// </item>
/// <item>The image and its content are untouched until <see cref="CommitAsync"/>.</item>
/// <item>What a killed process left is continued or removed when the store is opened; nothing else is.</item>
/// <item>Faults of the medium are <see cref="ErrorCode.InsufficientStorage"/> or <see cref="ErrorCode.StorageIsDown"/>.</item>
/// </list>
/// Calls for one upload must not overlap, except for <see cref="FindAsync"/>, <see cref="ListAsync"/> and <see cref="OpenAsync"/>.
/// </summary>
public interface IUploadStore
{
    /// <summary>Adds an upload without bytes. The store fails at once if it has no space for all of them, but does not reserve it.</summary>
    Task CreateAsync(PendingUpload upload, CancellationToken cancellation);

    /// <summary>Null for an unknown upload.</summary>
    ValueTask<StoredUpload?> FindAsync(Uuid id, CancellationToken cancellation);

    /// <summary>All uploads, in the order of their creation.</summary>
    ValueTask<IReadOnlyList<StoredUpload>> ListAsync(CancellationToken cancellation);

    /// <summary>
    /// Opens an upload to append bytes after those that it has. All bytes that it has are durable then. If they cannot be flushed, the upload has
    /// no bytes any more.
    /// </summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> for an upload that is unknown or finished.</exception>
    Task<IUploadWriter> AppendAsync(Uuid id, CancellationToken cancellation);

    /// <summary>Opens the bytes that have arrived; null for an upload that is unknown or finished. More bytes may arrive meanwhile.</summary>
    ValueTask<IContentReader?> OpenAsync(Uuid id, CancellationToken cancellation);

    /// <summary>
    /// Makes the bytes of a complete upload content of its image, as <see cref="IContentWriter.CommitAsync"/> does. The upload keeps its bytes, and
    /// first stores the key durably as <see cref="StoredUpload.Content"/>: after a crash, the caller can find out whether the image names
    /// that content, and otherwise commit again, which gives another key.
    /// </summary>
    /// <exception cref="ImgApiException"><c>ResourceNotFound</c> if the image was removed.</exception>
    Task<ContentKey> CommitAsync(Uuid id, ContentName name, CancellationToken cancellation);

    /// <summary>Drops the bytes of an upload whose image names the committed content, and keeps the rest.</summary>
    Task FinishAsync(Uuid id, CancellationToken cancellation);

    /// <summary>Removes an upload. Content that was committed stays. An unknown upload is not an error.</summary>
    Task DeleteAsync(Uuid id, CancellationToken cancellation);
}

/// <summary>An upload that is open for appending. The caller ends it before it opens another one.</summary>
public interface IUploadWriter : IAsyncDisposable
{
    /// <summary>Number of bytes that the upload has, flushed or not.</summary>
    long Offset { get; }

    /// <summary>Appends bytes. The buffer may be reused when the task has completed. After a failure, some of the bytes may have been appended.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>
    /// Durably records that the bytes appended since the last flush do not count until the next flush. If that does not come, because the process
    /// was killed or the writer was disposed, the next writer removes them.
    /// </summary>
    Task BeginUnverifiedAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes all appended bytes durable. If that fails, the bytes since the last flush are removed; if they cannot be removed, the whole upload is.
    /// </summary>
    Task FlushAsync(CancellationToken cancellation);

    /// <summary>Durably removes the bytes after an offset. If that fails, the whole upload is removed.</summary>
    Task TruncateAsync(long offset, CancellationToken cancellation);
}
