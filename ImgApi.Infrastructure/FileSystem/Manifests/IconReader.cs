using System.Text.Json;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.FileSystem.Layout;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Reads the icon of an image. One that this server recorded is the image's whether or not its bytes are there; one of
/// trondn/imgapi only if they are (contract 9.3).
/// </summary>
internal static class IconReader
{
    public static ImageIcon? Read(ManifestDocument document, FolderListing? folder, JsonElement record, ReadingNotes notes)
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

        // This server says so when there is an icon; trondn/imgapi may have a file and not say so.
        return folder is not null && (flag == true || record.ValueKind == JsonValueKind.Undefined) ? Legacy(folder, notes) : null;
    }

    private static ImageIcon? Recorded(JsonElement record, FolderListing? folder, ReadingNotes notes)
    {
        if (PrivateRecord.ContentIn(record) is not { } key || record.Member("content_type").AsLenientText() is not { } contentType)
        {
            return null;
        }

        var blob = folder?.Find(key.Value);
        return new ImageIcon
        {
            ContentType = contentType,
            Size = record.Member("size").AsWholeNumber() ?? notes.FromContent(blob?.Length ?? 0),
            Sha1 = record.Member("sha1").AsLenientText(),
            Md5 = record.Member("md5").AsLenientText(),
            ModifiedAt = PrivateRecord.ModifiedIn(record) ?? notes.FromContent(blob?.LastWriteTimeUtc ?? DateTimeOffset.UnixEpoch),
            Content = key,
        };
    }

    private static ImageIcon? Legacy(FolderListing folder, ReadingNotes notes)
    {
        foreach (var (name, contentType) in FileNames.LegacyIcons)
        {
            if (folder.Find(name) is { } blob)
            {
                return new ImageIcon
                {
                    ContentType = contentType,
                    Size = notes.FromContent(blob.Length),
                    ModifiedAt = blob.LastWriteTimeUtc,
                    Content = new ContentKey(name),
                };
            }
        }

        return null;
    }
}
