using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Manifests;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Folders;

/// <summary>
/// The next manifest of an image that gets another uuid. It lies in the image's folder while the folder is renamed, and is in force
/// as soon as the folder has the name that it says. In a folder of another name it is a leftover of a change that was refused.
/// </summary>
internal static class MoveNote
{
    /// <summary>Whether the note in an image's folder counts instead of the manifest beside it.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <param name="uuid">The uuid that the folder is named after.</param>
    /// <exception cref="IOException">The note or the manifest cannot be read.</exception>
    public static bool IsInForce(string folder, Uuid uuid)
    {
        var note = Path.Combine(folder, FileNames.MovingManifest);
        // A manifest that has the folder's uuid is no older than the note.
        return File.Exists(note) && UuidIn(Path.Combine(folder, FileNames.Manifest)) != uuid && UuidIn(note) == uuid;
    }

    /// <summary>The uuid that a manifest says; null if there is no such file, or it says none.</summary>
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

    /// <summary>The name of the file that holds an image's manifest.</summary>
    /// <param name="folder">The image's folder.</param>
    /// <param name="uuid">The uuid that the folder is named after.</param>
    public static string ManifestIn(FolderListing folder, Uuid uuid) =>
        folder.Has(FileNames.MovingManifest) && IsInForce(folder.Path, uuid) ? FileNames.MovingManifest : FileNames.Manifest;
}
