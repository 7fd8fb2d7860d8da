namespace ImgApi.Domain.Storage;

/// <summary>
/// A content being written, by one caller at a time. Disposing it without <see cref="CommitAsync"/> discards what was written; so does
/// the death of the process.
/// </summary>
public interface IContentWriter : IAsyncDisposable
{
    /// <summary>Appends bytes. The buffer may be used again when the task has completed.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Makes the content durable, then visible under the key that it returns. Called once, last.</summary>
    Task<ContentKey> CommitAsync(CancellationToken cancellation);
}
