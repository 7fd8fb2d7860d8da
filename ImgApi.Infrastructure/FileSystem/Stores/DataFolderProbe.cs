using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Tests the file system of the data folder.</summary>
internal sealed class DataFolderProbe(DataFolder data, DiskSpace space, CatalogueLoadReport report) : IStorageProbe
{
    private readonly Lock _starting = new();
    private Task<bool> _running = Task.FromResult(false);

    public int BrokenCount => report.Broken.Count;

    public ValueTask<StorageSpace?> SpaceAsync(CancellationToken cancellation) => new(space.Read());

    public Task<bool> IsWritableAsync(CancellationToken cancellation)
    {
        // Concurrent callers share one test, since each flush loads the disk.
        lock (_starting)
        {
            if (_running.IsCompleted)
            {
                _running = Task.Run(IsWritable, CancellationToken.None);
            }

            return _running.WaitAsync(cancellation);
        }
    }

    private bool IsWritable()
    {
        var file = Path.Combine(data.Root, TemporaryName.Create());
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
