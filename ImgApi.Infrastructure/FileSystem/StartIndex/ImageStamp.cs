using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// What tells that an image's folder holds what it held. The folder's stamp changes with the names in it, so also when one is
/// replaced; the manifest's when it is written in place.
/// </summary>
internal readonly record struct ImageStamp(FileStamp Folder, FileStamp Manifest)
{
    /// <summary>Whether nothing had happened to either since then.</summary>
    public bool IsFromBefore(long instant) => Folder.IsFromBefore(instant) && Manifest.IsFromBefore(instant);
}
