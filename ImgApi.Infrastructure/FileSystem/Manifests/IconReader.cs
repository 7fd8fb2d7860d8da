using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>
/// Reads the icon of an image. One that this server recorded is the image's whether or not its bytes are there; one of
/// trondn/imgapi only if they are (contract 9.3).
/// </summary>
internal static class IconReader
{
    public static ImageIcon? Read(ManifestFields fields, FolderListing folder, JsonElement? record, ReadingNotes notes)
    {
        var flag = fields.Value("icon") is { } icon ? Tolerant.Boolean(icon) : null;
        if (flag == false)
        {
            return null;
        }

        if (PrivateRecord.Member(record, "icon") is { } own && Recorded(own, folder, notes) is { } recorded)
        {
            return recorded;
        }

        // This server says so when there is an icon; trondn/imgapi may have a file and not say so.
        return flag == true || record is null ? Legacy(folder, notes) : null;
    }

    private static ImageIcon? Recorded(JsonElement record, FolderListing folder, ReadingNotes notes)
    {
        if (PrivateRecord.ContentIn(record) is not { } key || Tolerant.Text(record, "content_type") is not { } contentType)
        {
            return null;
        }

        var blob = folder.Find(key.Value);
        var size = Tolerant.Value(record, "size") is { } given ? Tolerant.Integer(given) : null;

        return new ImageIcon
        {
            ContentType = contentType,
            Size = size ?? notes.FromContent(blob?.Length ?? 0),
            Sha1 = Tolerant.Text(record, "sha1"),
            Md5 = Tolerant.Text(record, "md5"),
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
