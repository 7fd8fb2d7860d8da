using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Stores content as files beside the manifest of its image.</summary>
internal sealed class FileSystemContentStore(DataFolder data, DiskSpace space, Md5Cache digests, ILogger<FileSystemContentStore> logger) : IContentStore
{
    public Task<IContentWriter> CreateAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation) =>
        Task.Run<IContentWriter>(() => ContentWriter.Begin(data, space, image, name, length), cancellation);

    public ValueTask<IContentReader?> OpenAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        new(data.Content(image, content) is { } path ? ContentReader.Open(path) : null);

    public ValueTask<ContentLocation?> LocateAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        new(data.Content(image, content) is { } path ? new ContentLocation(path) : null);

    public async Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation)
    {
        if (data.Content(image, content) is not { } path || new FileInfo(path) is not { Exists: true } file)
        {
            return null;
        }

        try
        {
            return await digests.GetAsync(image, file, cancellation);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    public Task DeleteAsync(Uuid image, ContentKey content) => Task.Run(() =>
    {
        if (data.Content(image, content) is { } path && Directory.Exists(data.Image(image)) && !DurableFile.TryDelete(path))
        {
            FileSystemLog.NotDeleted(logger, null, path);
        }
    });
}
