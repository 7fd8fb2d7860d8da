namespace ImgApi.Domain.Images;

/// <summary>
/// A content being written. Not for use by two threads at once. Disposing it without <see cref="CommitAsync"/> discards
/// what was written; so does the death of the process.
/// </summary>
public interface IContentWriter : IAsyncDisposable
{
    /// <summary>Appends bytes. The buffer may be used again when the call returns.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Makes the content durable, then visible under the key that it returns. Called once, last.</summary>
    Task<ContentKey> CommitAsync(CancellationToken cancellation);
}
