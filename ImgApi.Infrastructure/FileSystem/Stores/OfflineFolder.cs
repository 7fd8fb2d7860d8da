using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Reads a data folder that a server may be using. It repairs nothing, and reads each manifest when it is requested. Only the damage register
/// is written, which the server notices.
/// </summary>
public sealed class OfflineFolder : IImageFinder, IContentSource
{
    private readonly string _root;

    private OfflineFolder(string root) => _root = root;

    /// <summary>The UUIDs of the image folders, in order.</summary>
    public IReadOnlyList<Uuid> Uuids =>
    [
        .. Directory.GetDirectories(_root)
            .Select(path => Uuid.TryParseFolder(Path.GetFileName(path), out var uuid) ? uuid : (Uuid?)null).OfType<Uuid>().Order(),
    ];

    /// <summary>Opens a data folder.</summary>
    /// <exception cref="DataFolderException">The folder is missing.</exception>
    public static OfflineFolder Open(string path) => Directory.Exists(path)
        ? new OfflineFolder(Path.GetFullPath(path))
        : throw new DataFolderException($"there is no data folder {path}");

    /// <summary>The damage register, shared with the server.</summary>
    public IDamageStore Damages(ILogger logger) => new DamageFile(_root, logger);

    /// <inheritdoc/>
    /// <exception cref="DataFolderException">The manifest cannot be read.</exception>
    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation)
    {
        var path = Path.Combine(_root, uuid.ToString());
        try
        {
            var folder = new FolderListing(path);
            return new(folder.Find(MoveNote.ManifestIn(folder, uuid)) is { } manifest
                ? ManifestReader.Read(uuid, SmallFile.Read(manifest.FullName), folder, Timestamp.From).Image
                : throw new DataFolderException($"{uuid}: it has no manifest.json"));
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return new((Image?)null); // deleted meanwhile
        }
        catch (Exception e) when (e is BrokenManifestException or InvalidOperationException || StorageFault.IsFault(e))
        {
            throw new DataFolderException($"{uuid}: {BrokenManifestException.Reason(e)}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IContentReader?> OpenAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        new(content.Value is { } name && FileNames.IsContent(name) ? ContentReader.Open(Path.Combine(_root, image.ToString(), name)) : null);
}
