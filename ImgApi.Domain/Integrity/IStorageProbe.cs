namespace ImgApi.Domain.Integrity;

/// <summary>What the storage below the ports says about itself.</summary>
public interface IStorageProbe
{
    /// <summary>Folders, or their like, that could not be read as images when the store was opened.</summary>
    int BrokenCount { get; }

    /// <summary>Bytes that are left to write; null if the storage cannot tell.</summary>
    ValueTask<long?> FreeBytesAsync(CancellationToken cancellation);

    /// <summary>Writes, flushes and deletes something small.</summary>
    /// <returns>Whether that worked.</returns>
    Task<bool> IsWritableAsync(CancellationToken cancellation);
}
