using System.Reflection;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Images in the bytes of the index: everything that an image holds, one value after the other. The fields of its manifest are those of
/// <see cref="ManifestSchema"/>, in that order.
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
