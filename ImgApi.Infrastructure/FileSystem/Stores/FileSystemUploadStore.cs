using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Stores uploads in a hidden folder of the data folder. A commit links the bytes into the image's folder, so that it takes no time, and the
/// upload still has them if the process is killed before the image names them.
/// </summary>
internal sealed class FileSystemUploadStore(
    DataFolder data, DiskSpace space, TimeProvider clock, ILogger<FileSystemUploadStore> logger) : IUploadStore
{
    private readonly UploadFolder _folder = new(data, logger);

    public Task CreateAsync(PendingUpload upload, CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            space.Ensure(upload.Length);
            _folder.Create(new UploadRecord(upload));
        },
        cancellation);

    public ValueTask<StoredUpload?> FindAsync(Uuid id, CancellationToken cancellation) =>
        new(_folder.Records.GetValueOrDefault(id) is { } record ? Describe(record) : null);

    public ValueTask<IReadOnlyList<StoredUpload>> ListAsync(CancellationToken cancellation) =>
        new([.. _folder.Records.Values.OrderBy(record => record.Upload.CreatedAt).ThenBy(record => record.Upload.Id).Select(Describe).OfType<StoredUpload>()]);

    /// <summary>When bytes for an image last arrived; null without uploads.</summary>
    public DateTimeOffset? LastActivityOf(Uuid image) =>
        _folder.Records.Values.Where(record => record.Upload.Image == image).Select(Describe).Max(stored => stored?.LastActivityAt);

    public Task<IUploadWriter> AppendAsync(Uuid id, CancellationToken cancellation) => StorageFault.RunAsync<IUploadWriter>(
        () =>
        {
            _ = UnfinishedRecord(id);
            return new UploadWriter(_folder, id, space);
        },
        cancellation);

    public ValueTask<IContentReader?> OpenAsync(Uuid id, CancellationToken cancellation) =>
        new(_folder.Records.GetValueOrDefault(id) is { FinishedAt: null } ? ContentReader.Open(_folder.BytesOf(id)) : null);

    public Task<ContentKey> CommitAsync(Uuid id, ContentName name, CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            var record = UnfinishedRecord(id);
            var folder = data.Image(record.Upload.Image);
            var content = FileNames.NewContentKey(name);
            _folder.Save(record with { Content = content });
            try
            {
                LinkOrCopy(_folder.BytesOf(id), folder, content.Value, record.Upload.Length);
                return content;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(folder))
            {
                throw ImgApiException.ImageNotFound(record.Upload.Image);
            }
        },
        cancellation);

    public Task FinishAsync(Uuid id, CancellationToken cancellation) => StorageFault.RunAsync(
        () =>
        {
            _folder.Save(UnfinishedRecord(id) with { FinishedAt = clock.GetUtcNow() });
            _folder.DeleteBytes(id);
        },
        cancellation);

    public Task DeleteAsync(Uuid id, CancellationToken cancellation) => StorageFault.RunAsync(() => _folder.Delete(id), cancellation);

    /// <summary>Copies if the image's folder is a link to another file system, or if the file system has no hard links.</summary>
    private void LinkOrCopy(string bytes, string folder, string name, long length)
    {
        var target = Path.Combine(folder, name);
        try
        {
            if (!DurableFile.TryLink(bytes, target))
            {
                space.Ensure(length);
                DurableFile.Replace(folder, name, file =>
                {
                    using var source = File.OpenRead(bytes);
                    source.CopyTo(file);
                    DurableFile.FlushFile(file.SafeFileHandle);
                });
            }

            DurableFile.FlushFolder(folder);
        }
        catch
        {
            DurableFile.TryDelete(target);
            throw;
        }
    }

    private UploadRecord UnfinishedRecord(Uuid id) => _folder.Records.GetValueOrDefault(id) is { FinishedAt: null } record
        ? record
        : throw ImgApiException.NotFound($"upload {id} not found");

    /// <summary>Null if the upload disappears at the same time.</summary>
    private StoredUpload? Describe(UploadRecord record)
    {
        if (record.FinishedAt is { } finished)
        {
            return new StoredUpload(record.Upload, record.Upload.Length, finished, record.Content, IsFinished: true);
        }

        var bytes = new FileInfo(_folder.BytesOf(record.Upload.Id));
        return bytes.Exists
            ? new StoredUpload(record.Upload, record.UnverifiedFrom ?? bytes.Length, bytes.LastWriteTimeUtc, record.Content, IsFinished: false)
            : null;
    }
}
