using ImgApi.Infrastructure.FileSystem.Folders;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Audit;

/// <summary>The hash of an image's stored manifest, which the event of its last change has.</summary>
internal static class StoredManifestHash
{
    /// <summary>Null if there is no such image.</summary>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    public static string? Of(string folder, Uuid uuid)
    {
        try
        {
            return new FolderListing(folder) is var listing && listing.Find(MoveNote.ManifestIn(listing, uuid)) is { } manifest
                ? AuditLine.HashOf(SmallFile.Read(manifest.FullName))
                : null;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return null;
        }
    }
}
