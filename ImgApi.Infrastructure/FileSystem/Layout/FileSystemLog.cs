using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>What the operator is told about the data folder.</summary>
internal static partial class FileSystemLog
{
    [LoggerMessage(1, LogLevel.Information, "{Images} loaded, {Folders} skipped, {Repairs} made")]
    public static partial void CatalogueLoaded(ILogger logger, string images, string folders, string repairs);

    [LoggerMessage(2, LogLevel.Warning, "Folder {Folder} is skipped: {Reason}")]
    public static partial void FolderSkipped(ILogger logger, string folder, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Image {Folder}: {Oddity}")]
    public static partial void Oddity(ILogger logger, string folder, string oddity);

    [LoggerMessage(4, LogLevel.Information, "Repaired: {Repair}")]
    public static partial void Repaired(ILogger logger, string repair);

    [LoggerMessage(5, LogLevel.Warning, "Could not be repaired, the next start tries again: {Repair}")]
    public static partial void NotRepaired(ILogger logger, Exception? cause, string repair);

    [LoggerMessage(6, LogLevel.Warning, "{Path} could not be deleted; the next start deletes it")]
    public static partial void LeftBehind(ILogger logger, Exception? cause, string path);

    [LoggerMessage(7, LogLevel.Warning, "The facts about image {Image} could not be kept; they are worked out again after a restart")]
    public static partial void FactsNotKept(ILogger logger, Exception cause, string image);

    [LoggerMessage(9, LogLevel.Warning, "The list of damaged contents could not be kept; the next scrub finds them again")]
    public static partial void DamagesNotKept(ILogger logger, Exception cause);

    [LoggerMessage(10, LogLevel.Warning, "The list of damaged contents could not be read; the next scrub finds them again")]
    public static partial void DamagesNotRead(ILogger logger, Exception cause);

    [LoggerMessage(11, LogLevel.Debug, "{Believed} of {Loaded} images came from the index")]
    public static partial void CatalogueBelieved(ILogger logger, int believed, int loaded);

    [LoggerMessage(12, LogLevel.Warning, "The index of images cannot be read or not wholly; what it does not give is read from the images' folders")]
    public static partial void IndexNotRead(ILogger logger, Exception? cause);

    [LoggerMessage(13, LogLevel.Warning, "The index of images could not be written; the next start takes longer")]
    public static partial void IndexNotWritten(ILogger logger, Exception cause);

    [LoggerMessage(14, LogLevel.Warning, "Stored as private, and shown to everybody since the mode is public: {Images}")]
    public static partial void MadePublic(ILogger logger, string images);

    [LoggerMessage(8, LogLevel.Error, "A change of image {Image} is in place, but the disk failed to flush it")]
    public static partial void CommittedWithFault(ILogger logger, Exception cause, string image);

    [LoggerMessage(14, LogLevel.Warning, "Image {Image} has its new uuid, but what is left of its change could not be tidied up; the next change or start does that")]
    public static partial void MoveNotTidied(ILogger logger, Exception cause, string image);

    [LoggerMessage(9, LogLevel.Warning, "The job file {File} is skipped: {Reason}")]
    public static partial void JobSkipped(ILogger logger, string file, string reason);
}
