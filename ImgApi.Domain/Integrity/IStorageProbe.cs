namespace ImgApi.Domain.Integrity;

/// <summary>Health of the storage behind the ports.</summary>
public interface IStorageProbe
{
    /// <summary>Number of folders, or their equivalents, that could not be read as images when the store was opened.</summary>
    int BrokenCount { get; }

    /// <summary>Free bytes; null if unknown.</summary>
    ValueTask<long?> FreeBytesAsync(CancellationToken cancellation);

    /// <summary>Writes, flushes and deletes something small.</summary>
    /// <returns>Whether that worked.</returns>
    Task<bool> IsWritableAsync(CancellationToken cancellation);
}
