using System.Reflection;
using ImgApi.Domain.Manifests;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Reads and writes images in the index, value by value. The fields of a manifest have the order of <see cref="ManifestSchema"/>.
/// </summary>
internal static class ImageCodec
{
    private static readonly (PropertyInfo Property, ValueCodec Values)[] Details =
    [
        .. from field in ManifestSchema.Fields
        where field.Property is not null
        select (field.Property, ValueCodec.For(field.Kind)),
    ];

    public static void Write(ChunkWriter to, Image image)
    {
        to.Id(image.Uuid);
        to.Boolean(image.Activated);
        to.Text(image.Label);
        WriteDetails(to, image.Details);
        to.Boolean(image.File is not null);
        if (image.File is { } file)
        {
            FileCodec.Write(to, file);
        }

        to.Boolean(image.Icon is not null);
        if (image.Icon is { } icon)
        {
            WriteIcon(to, icon);
        }
    }

    public static Image Read(ref ChunkReader from)
    {
        var (uuid, activated, label) = (from.Id(), from.Boolean(), from.TextOrNone());
        var details = ReadDetails(ref from);
        var file = from.Boolean() ? FileCodec.Read(ref from) : null;
        return Image.Restore(uuid, details, activated, label, file, from.Boolean() ? ReadIcon(ref from) : null);
    }

    private static void WriteDetails(ChunkWriter to, ImageDetails details)
    {
        foreach (var (property, values) in Details)
        {
            values.Write(to, property.GetValue(details));
        }
    }

    private static ImageDetails ReadDetails(ref ChunkReader from)
    {
        var details = new ImageDetails();
        foreach (var (property, values) in Details)
        {
            if (values.Read(ref from) is { } value)
            {
                property.SetValue(details, value);
            }
        }

        return details;
    }

    private static void WriteIcon(ChunkWriter to, ImageIcon icon)
    {
        to.Text(icon.ContentType);
        to.Integer(icon.Size);
        to.Text(icon.Sha1);
        to.Text(icon.Md5);
        to.Instant(icon.ModifiedAt);
        to.Text(icon.Content.Value);
    }

    private static ImageIcon ReadIcon(ref ChunkReader from) => new()
    {
        ContentType = from.Text(),
        Size = from.Integer(),
        Sha1 = from.TextOrNone(),
        Md5 = from.TextOrNone(),
        ModifiedAt = from.Instant(),
        Content = new ContentKey(from.Text()),
    };
}

/// <summary>Reads and writes the entries of a chunk.</summary>
internal static class EntryCodec
{
    public static void Write(ChunkWriter to, IndexEntry entry)
    {
        Write(to, entry.Stamp.Folder);
        Write(to, entry.Stamp.Manifest);
        ImageCodec.Write(to, entry.Image);
    }

    /// <summary>Reads all entries, and throws as <see cref="ChunkReader"/> does.</summary>
    public static List<IndexEntry> ReadAll(ReadOnlySpan<byte> chunk)
    {
        var entries = new List<IndexEntry>();
        var from = new ChunkReader(chunk);
        while (!from.IsAtEnd)
        {
            var stamp = new ImageStamp(ReadStamp(ref from), ReadStamp(ref from));
            entries.Add(new IndexEntry(stamp, ImageCodec.Read(ref from)));
        }

        return entries;
    }

    private static void Write(ChunkWriter to, FileStamp stamp)
    {
        to.Integer((long)stamp.Inode);
        to.Integer(stamp.Size);
        to.Integer(stamp.ModifiedAt);
        to.Integer(stamp.ChangedAt);
    }

    private static FileStamp ReadStamp(ref ChunkReader from) => new((ulong)from.Integer(), from.Integer(), from.Integer(), from.Integer());
}
