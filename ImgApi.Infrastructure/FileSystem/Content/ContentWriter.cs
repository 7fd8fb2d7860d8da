using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Content;

/// <summary>A temporary file in the image's folder that gets its name when it is complete.</summary>
internal sealed class ContentWriter : IContentWriter
{
    private readonly Uuid _image;
    private readonly ContentName _name;
    private readonly string _folder;
    private readonly FileStream _file;
    private readonly bool _preallocated;
    private string _path;
    private long _written;
    private bool _committed;

    private ContentWriter(Uuid image, ContentName name, string temporary, FileStream file, bool preallocated)
    {
        (_image, _name, _path, _file, _preallocated) = (image, name, temporary, file, preallocated);
        _folder = Path.GetDirectoryName(temporary)!;
    }

    /// <summary>Begins the temporary file, with room for <paramref name="length"/> bytes if it is known.</summary>
    public static ContentWriter Begin(DataFolder data, Uuid image, ContentName name, long? length)
    {
        var temporary = data.InImage(image, FileNames.FreshTemporary());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            PreallocationSize = length ?? 0,
        };
        try
        {
            return new ContentWriter(image, name, temporary, new FileStream(temporary, DurableFile.Private(options)), length > 0);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw length > 0 && IsRefusedPreallocation(e) ? StorageFault.Full(e) : Translate(e, image, data.Image(image));
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, _written);
            _written += bytes.Length;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            throw StorageFault.Translate(e);
        }
    }

    /// <inheritdoc/>
    public Task<ContentKey> CommitAsync(CancellationToken cancellation) => Task.Run(Commit, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_committed)
        {
            DurableFile.TryDelete(_path);
        }
    }

    /// <summary>.NET reports room that the disk does not have by an exception without any code of the system.</summary>
    private static bool IsRefusedPreallocation(Exception e) => e.GetType() == typeof(IOException) && e.HResult == new IOException().HResult;

    private static ImgApiException Translate(Exception e, Uuid image, string folder) =>
        e is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(folder)
            ? ImageNotFound.Exception(image)
            : StorageFault.Translate(e);

    private ContentKey Commit()
    {
        try
        {
            if (_preallocated)
            {
                RandomAccess.SetLength(_file.SafeFileHandle, _written);
            }

            DurableFile.FlushFile(_file.SafeFileHandle);
            _file.Dispose();
            var content = FileNames.FreshContent(_name);
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
