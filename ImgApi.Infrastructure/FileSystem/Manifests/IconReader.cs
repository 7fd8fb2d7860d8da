using System.Text.Json;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>Reads the icon of an image. It has one only if there are bytes for it.</summary>
internal static class IconReader
{
    public static ImageIcon? Read(ManifestFields fields, FolderListing folder, JsonElement? record)
    {
        var flag = fields.Value("icon") is { } icon ? Tolerant.Boolean(icon) : null;
        if (flag == false)
        {
            return null;
        }

        if (PrivateRecord.Member(record, "icon") is { } own && Recorded(own, folder) is { } recorded)
        {
            return recorded;
        }

        // This server says so when there is an icon; trondn/imgapi may have a file and not say so.
        return flag == true || record is null ? Legacy(folder) : null;
    }

    private static ImageIcon? Recorded(JsonElement record, FolderListing folder)
    {
        if (PrivateRecord.ContentIn(record) is not { } key || folder.Find(key.Value) is not { } blob
            || Tolerant.Text(record, "content_type") is not { } contentType)
        {
            return null;
        }

        return new ImageIcon
        {
            ContentType = contentType,
            Size = blob.Length,
            Sha1 = Tolerant.Text(record, "sha1"),
            Md5 = Tolerant.Text(record, "md5"),
            ModifiedAt = PrivateRecord.ModifiedIn(record) ?? blob.LastWriteTimeUtc,
            Content = key,
        };
    }

    private static ImageIcon? Legacy(FolderListing folder)
    {
        foreach (var (name, contentType) in FileNames.LegacyIcons)
        {
            if (folder.Find(name) is { } blob)
            {
                return new ImageIcon
                {
                    ContentType = contentType,
                    Size = blob.Length,
                    ModifiedAt = blob.LastWriteTimeUtc,
                    Content = new ContentKey(name),
                };
            }
        }

        return null;
    }
}
