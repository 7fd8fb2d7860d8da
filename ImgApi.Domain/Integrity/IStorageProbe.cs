namespace ImgApi.Domain.Integrity;

public interface IStorageProbe
{
    /// <summary>Number of folders, or their equivalents, that could not be read as images when the store was opened.</summary>
    int BrokenCount { get; }

    /// <summary>Null if unknown.</summary>
    ValueTask<StorageSpace?> SpaceAsync(CancellationToken cancellation);

    /// <summary>Whether something small can be written, flushed and deleted.</summary>
    Task<bool> IsWritableAsync(CancellationToken cancellation);
}
