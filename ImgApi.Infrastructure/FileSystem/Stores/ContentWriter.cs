using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>A temporary file in the image's folder that gets its name when it is complete.</summary>
internal sealed class ContentWriter : IContentWriter
{
    // Bytes. What a caller announces reserves no more than this ahead of what has come.
    private const long Step = 64L << 20;

    private readonly Uuid _image;
    private readonly ContentName _name;
    private readonly string _folder;
    private readonly FileStream _file;
    private readonly DiskSpace _room;
    private readonly long? _length;
    private string _path;
    private long _written;
    private long _reserved;
    private bool _cannotReserve;
    private bool _committed;

    private ContentWriter(Uuid image, ContentName name, long? length, string temporary, DiskSpace room)
    {
        (_image, _name, _length, _path, _room) = (image, name, length, temporary, room);
        _folder = Path.GetDirectoryName(temporary)!;
        _file = new FileStream(temporary, DurableFile.Private(new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        }));
    }

    /// <summary>Begins the temporary file, if there is room for <paramref name="length"/> bytes.</summary>
    public static ContentWriter Begin(DataFolder data, DiskSpace room, Uuid image, ContentName name, long? length)
    {
        room.Ensure(length ?? 0);
        try
        {
            return new ContentWriter(image, name, length, data.InImage(image, TemporaryName.Create()), room);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw Translate(e, image, data.Image(image));
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            MakeRoom(bytes.Length);
            RandomAccess.Write(_file.SafeFileHandle, bytes, _written);
            _written += bytes.Length;
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
            DurableFile.TryDelete(_path);
        }
    }

    private void MakeRoom(int count)
    {
        if (_length is not { } length || _cannotReserve)
        {
            _room.Ensure(count);
        }
        else if (_written + count > _reserved)
        {
            var more = Math.Max(_written + count, Math.Min(length, _reserved + Step)) - _reserved;
            _cannotReserve = !_room.TryReserve(_file.SafeFileHandle, _reserved, more);
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
            var content = FileNames.NewContentKey(_name);
            var path = Path.Combine(_folder, content.Value);
            DurableFile.Rename(_path, path);
            _path = path;
            DurableFile.FlushFolder(_folder);
            _committed = true;
            return content;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw Translate(e, _image, _folder);
        }
    }
}
