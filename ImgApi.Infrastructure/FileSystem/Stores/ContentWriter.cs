using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Writes a temporary file in the image's folder, and renames it when it is complete.</summary>
internal sealed class ContentWriter(DataFolder data, DiskSpace space, Uuid image, ContentName name, long? length) : IContentWriter
{
    // Bytes. The announced length reserves at most this much disk space beyond the received bytes.
    private const long Step = 64L << 20;

    private readonly string _folder = data.Image(image);
    private readonly FileStream _file = DurableFile.Create(data.InImage(image, TemporaryName.Create()));
    private string? _path;
    private long _written;
    private long _reserved;
    private bool _cannotReserve;
    private bool _committed;

    /// <summary>Creates the temporary file, if <paramref name="length"/> bytes fit on the disk.</summary>
    public static ContentWriter Begin(DataFolder data, DiskSpace space, Uuid image, ContentName name, long? length)
    {
        space.Ensure(length ?? 0);
        try
        {
            return new ContentWriter(data, space, image, name, length);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw Translate(e, image, data.Image(image));
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            Reserve(bytes.Length);
            RandomAccess.Write(_file.SafeFileHandle, bytes.Span, _written);
            _written += bytes.Length;
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    public Task<ContentKey> CommitAsync(CancellationToken cancellation) => Task.Run(Commit, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_committed)
        {
            DurableFile.TryDelete(_path ?? _file.Name);
        }
    }

    private void Reserve(int count)
    {
        if (length is not { } announced || _cannotReserve)
        {
            space.Ensure(count);
        }
        else if (_written + count > _reserved)
        {
            var more = Math.Max(_written + count, Math.Min(announced, _reserved + Step)) - _reserved;
            _cannotReserve = !space.TryReserve(_file.SafeFileHandle, _reserved, more);
            _reserved += more;
        }
    }

    private static ImgApiException Translate(Exception e, Uuid image, string folder) =>
        e is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(folder)
            ? ImgApiException.ImageNotFound(image)
            : StorageFault.Translate(e);

    private ContentKey Commit()
    {
        try
        {
            if (_reserved > _written)
            {
                RandomAccess.SetLength(_file.SafeFileHandle, _written);
            }

            DurableFile.FlushFile(_file.SafeFileHandle);
            _file.Dispose();
            var content = FileNames.NewContentKey(name);
            var path = Path.Combine(_folder, content.Value);
            DurableFile.Rename(_file.Name, path);
            _path = path;
            DurableFile.FlushFolder(_folder);
            _committed = true;
            return content;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw Translate(e, image, _folder);
        }
    }
}
