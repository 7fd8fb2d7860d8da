using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Reads the description of an image's icon. An icon recorded by this server counts even if its bytes are missing; an icon of trondn/imgapi
/// only if they exist (contract 9.3).
/// </summary>
internal static class IconReader
{
    public static ImageIcon? Read(ManifestDocument document, FolderListing folder, JsonElement record, ReadingNotes notes)
    {
        var flag = document["icon"].AsBoolean();
        if (flag == false)
        {
            return null;
        }

        if (Recorded(record.Member("icon"), folder, notes) is { } recorded)
        {
            return recorded;
        }

        // This server always records an icon; trondn/imgapi may have a file without mentioning it.
        return flag == true || record.ValueKind == JsonValueKind.Undefined ? Legacy(folder, notes) : null;
    }

    private static ImageIcon? Recorded(JsonElement record, FolderListing folder, ReadingNotes notes)
    {
        if (PrivateRecord.ReadContentKey(record) is not { } key || record.Member("content_type").AsLenientText() is not { } contentType)
        {
            return null;
        }

        var blob = folder.Find(key.Value);
        return new ImageIcon
        {
            ContentType = contentType,
            Size = record.Member("size").AsWholeNumber() ?? notes.FromContent(blob?.Length ?? 0),
            Sha1 = record.Member("sha1").AsLenientText(),
            Md5 = record.Member("md5").AsLenientText(),
            ModifiedAt = PrivateRecord.ReadModified(record) ?? notes.FromContent(blob?.LastWriteTimeUtc ?? DateTimeOffset.UnixEpoch),
            Content = key,
        };
    }

    private static ImageIcon? Legacy(FolderListing folder, ReadingNotes notes)
    {
        var (name, contentType) = FileNames.LegacyIcons.FirstOrDefault(icon => folder.Find(icon.Name) is not null);
        return name is null || folder.Find(name) is not { } blob ? null : new ImageIcon
        {
            ContentType = contentType,
            Size = notes.FromContent(blob.Length),
            ModifiedAt = blob.LastWriteTimeUtc,
            Content = new ContentKey(name),
        };
    }
}
