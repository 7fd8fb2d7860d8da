using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>Log messages about the data folder.</summary>
internal static partial class FileSystemLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Images} loaded, {Folders} skipped, {Repairs} made")]
    public static partial void CatalogueLoaded(ILogger logger, string images, string folders, string repairs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folder {Folder} is skipped: {Reason}")]
    public static partial void FolderSkipped(ILogger logger, string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Image {Image}: {Warning}")]
    public static partial void ManifestWarning(ILogger logger, string image, string warning);

    [LoggerMessage(Level = LogLevel.Information, Message = "Repaired: {Repair}")]
    public static partial void Repaired(ILogger logger, string repair);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not be repaired, the next start tries again: {Repair}")]
    public static partial void NotRepaired(ILogger logger, Exception? cause, string repair);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be deleted; the next start deletes it")]
    public static partial void NotDeleted(ILogger logger, Exception? cause, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The facts about image {Image} could not be stored; they are computed again after a restart")]
    public static partial void FactsNotStored(ILogger logger, Exception cause, string image);

    [LoggerMessage(Level = LogLevel.Error, Message = "A change of image {Image} was made, but the disk failed to flush it")]
    public static partial void CommittedWithFault(ILogger logger, Exception cause, string image);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of damaged content could not be stored; the next background check finds the damage again")]
    public static partial void DamagesNotStored(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of damaged content could not be read; the next background check finds the damage again")]
    public static partial void DamagesNotRead(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{FromIndex} of {Loaded} images came from the index")]
    public static partial void LoadedFromIndex(ILogger logger, int fromIndex, int loaded);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index of images cannot be read, or only in part; the other images are read from their folders")]
    public static partial void IndexNotRead(ILogger logger, Exception? cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index of images could not be written; the next start takes longer")]
    public static partial void IndexNotWritten(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stored as private, and shown to everybody since the mode is public: {Images}")]
    public static partial void MadePublic(ILogger logger, string images);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Image {Image} has its new UUID, but the clean-up failed; the next change of the image or the next start repeats it")]
    public static partial void MoveNotCleanedUp(ILogger logger, Exception cause, string image);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job file {File} is skipped: {Reason}")]
    public static partial void JobSkipped(ILogger logger, string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upload of {File} is skipped, and its files are kept: {Reason}")]
    public static partial void UploadSkipped(ILogger logger, string file, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit could not be written; changes are refused until it can")]
    public static partial void AuditNotWritten(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far webhooks were delivered could not be stored; after a restart some events are delivered again")]
    public static partial void WebhooksNotStored(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many events arrive at once; an event {Action} is not in the audit")]
    public static partial void AuditFull(ILogger logger, string action);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The counts of downloads could not be stored; the next minute tries again")]
    public static partial void FetchesNotStored(ILogger logger, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The counts of downloads could not be read; counting begins again")]
    public static partial void FetchesNotRead(ILogger logger, Exception cause);
}
