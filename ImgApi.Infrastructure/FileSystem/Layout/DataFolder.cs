using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// The layout and the lock of the data folder: only one process can have an instance. Paths consist of parsed UUIDs, checked content names and
/// the constants of <see cref="FileNames"/>.
/// </summary>
internal sealed class DataFolder(string root, FileStream lockFile) : IDisposable
{
    private readonly FileSizeSignal _fileSizeSignal = new();
    private readonly Lock _flushing = new();
    // An earlier process may have been killed before it flushed a name.
    private volatile bool _isFlushPending = true;

    /// <summary>Full path of the folder.</summary>
    public string Root => root;

    /// <summary>Locks the folder, and creates it if it is missing.</summary>
    /// <exception cref="DataFolderException">Another process uses it, or it is not writable.</exception>
    public static DataFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            EnsureExists(root);
            return new DataFolder(root, DurableFile.Open(Path.Combine(root, FileNames.Lock), FileMode.OpenOrCreate, FileShare.None));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFolderException($"the data folder {root} cannot be made there", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"the data folder {root} cannot be written by this user", e);
        }
        catch (IOException e) when (StorageFault.IsSharingViolation(e))
        {
            throw new DataFolderException($"the data folder {root} is in use by another process", e);
        }
        catch (IOException e)
        {
            throw new DataFolderException($"the data folder {root} cannot be used: {FileFault.Describe(e)}", e);
        }
    }

    /// <summary>Refuses a folder into which a backup was restored only in part.</summary>
    public static void EnsureRestored(string root)
    {
        if (File.Exists(Path.Combine(root, FileNames.Restoring)))
        {
            throw new DataFolderException($"the data folder {root} is not completely restored: run imgapi restore again");
        }
    }

    public string Image(Uuid uuid) => Path.Combine(Root, uuid.ToString());

    public string InImage(Uuid uuid, string fixedName) => Path.Combine(Root, uuid.ToString(), fixedName);

    /// <summary>The path of a content; null for an invalid key.</summary>
    public string? Content(Uuid uuid, ContentKey content) =>
        content.Value is { } name && FileNames.IsContent(name) ? InImage(uuid, name) : null;

    /// <summary>Refuses a UUID if the name of its folder is in use.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>.</exception>
    public void EnsureFree(Uuid uuid)
    {
        if (Path.Exists(Image(uuid)))
        {
            throw new ImgApiException(
                ErrorCode.ImageUuidAlreadyExists,
                $"image uuid \"{uuid}\" already exists: the data folder has a folder of that name, which is not an image that this server can read");
        }
    }

    /// <summary>Makes the names of the images' folders durable.</summary>
    /// <exception cref="IOException">The disk has failed. <see cref="FlushIfPending"/> tries again.</exception>
    public void Flush()
    {
        try
        {
            DurableFile.FlushFolder(Root);
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            lock (_flushing)
            {
                _isFlushPending = true;
            }

            throw;
        }
    }

    /// <summary>Repeats a failed <see cref="Flush"/>: a change inside a folder is durable only if the folder's name is.</summary>
    /// <exception cref="IOException">The disk still fails.</exception>
    public void FlushIfPending()
    {
        if (!_isFlushPending)
        {
            return;
        }

        lock (_flushing)
        {
            DurableFile.FlushFolder(Root);
            _isFlushPending = false;
        }
    }

    public void Dispose()
    {
        lockFile.Dispose();
        _fileSizeSignal.Dispose();
    }

    private static void EnsureExists(string root)
    {
        if (!Directory.Exists(root))
        {
            DurableFile.CreateFolder(root);
            DurableFile.FlushFolder(Path.GetDirectoryName(root)!);
        }
    }
}
