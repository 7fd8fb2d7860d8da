using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// The new manifest of an image that gets another UUID. It is stored in the image's folder before the folder is renamed, and is effective if
/// the folder's name is the UUID in it. Otherwise it remains from a change that failed.
/// </summary>
internal static class MoveNote
{
    /// <summary>Whether the note replaces the manifest.</summary>
    /// <param name="uuid">The name of the folder.</param>
    /// <exception cref="IOException">The note or the manifest cannot be read.</exception>
    public static bool IsEffective(string folder, Uuid uuid)
    {
        var note = Path.Combine(folder, FileNames.MovingManifest);
        // A manifest with the folder's UUID is at least as new as the note.
        return File.Exists(note) && UuidIn(Path.Combine(folder, FileNames.Manifest)) != uuid && UuidIn(note) == uuid;
    }

    /// <summary>The UUID in a manifest; null if the file or its UUID is missing.</summary>
    public static Uuid? UuidIn(string manifest)
    {
        try
        {
            return ManifestReader.UuidIn(SmallFile.Read(manifest));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The name of the file that contains an image's manifest.</summary>
    public static string ManifestIn(FolderListing folder, Uuid uuid) =>
        folder.Has(FileNames.MovingManifest) && IsEffective(folder.Path, uuid) ? FileNames.MovingManifest : FileNames.Manifest;
}
