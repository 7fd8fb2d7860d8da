using ImgApi.Domain.Integrity;

namespace ImgApi.Infrastructure.FileSystem;

/// <summary>Asks the file system of the data folder.</summary>
internal sealed class DataFolderProbe(DataFolder data, CatalogueLoadReport report) : IStorageProbe
{
    /// <inheritdoc/>
    public int BrokenCount => report.Broken.Count;

    /// <inheritdoc/>
    public long? FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(data.Root).AvailableFreeSpace;
            }
            catch (Exception e) when (e is ArgumentException || StorageFault.IsFault(e))
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsWritableAsync(CancellationToken cancellation) => Task.Run(IsWritable, cancellation);

    private bool IsWritable()
    {
        var file = Path.Combine(data.Root, FileNames.FreshTemporary());
        try
        {
            DurableFile.WriteNew(file, "probe"u8);
            return true;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return false;
        }
        finally
        {
            DurableFile.TryDelete(file);
        }
    }
}
