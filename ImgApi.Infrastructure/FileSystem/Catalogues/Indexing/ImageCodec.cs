using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues.Indexing;

/// <summary>Images in the bytes of the index: everything that an image holds, one value after the other.</summary>
internal static class ImageCodec
{
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
        to.Integer(details.V);
        to.Id(details.Owner);
        to.Text(details.Name);
        to.Text(details.Version);
        to.Text(details.Description);
        to.Text(details.Homepage);
        to.Text(details.Eula);
        to.Text(details.Urn);
        to.Boolean(details.Disabled);
        to.Boolean(details.Public);
        to.Text(details.PublishedAt?.Text);
        to.Text(details.Type);
        to.Text(details.Os);
        to.Text(details.Origin?.ToString());
        to.All(details.Acl, to.Id);
        to.Json(details.Requirements);
        to.Json(details.Users);
        to.All(details.BillingTags, to.Text);
        to.Json(details.Traits);
        to.Json(details.Tags);
        to.Boolean(details.GeneratePasswords);
        to.All(details.InheritedDirectories, to.Text);
        to.Text(details.NicDriver);
        to.Text(details.DiskDriver);
        to.Text(details.CpuType);
        to.Integer(details.ImageSize);
        to.Json(details.Error);
        to.All(details.Channels, to.Text);
    }

    /// <summary>The initializers run in the order in which they stand.</summary>
    private static ImageDetails ReadDetails(ref ChunkReader from) => new()
    {
        V = (int)from.Integer(),
        Owner = from.Id(),
        Name = from.Text(),
        Version = from.Text(),
        Description = from.TextOrNone(),
        Homepage = from.TextOrNone(),
        Eula = from.TextOrNone(),
        Urn = from.TextOrNone(),
        Disabled = from.Boolean(),
        Public = from.Boolean(),
        PublishedAt = from.TextOrNone() is { } published ? TimestampOf(published) : null,
        Type = from.TextOrNone(),
        Os = from.TextOrNone(),
        Origin = from.TextOrNone() is { } origin ? UuidOf(origin) : null,
        Acl = from.Ids(),
        Requirements = from.Json(),
        Users = from.Json(),
        BillingTags = from.Texts() ?? [],
        Traits = from.Json(),
        Tags = from.Json(),
        GeneratePasswords = from.BooleanOrNone(),
        InheritedDirectories = from.Texts(),
        NicDriver = from.TextOrNone(),
        DiskDriver = from.TextOrNone(),
        CpuType = from.TextOrNone(),
        ImageSize = from.IntegerOrNone(),
        Error = from.Json(),
        Channels = from.Texts(),
    };

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

    private static Timestamp TimestampOf(string text) =>
        Timestamp.TryParse(text, out var timestamp) ? timestamp : throw new InvalidDataException("A timestamp is none.");

    private static Uuid UuidOf(string text) => Uuid.TryParse(text, out var uuid) ? uuid : throw new InvalidDataException("A uuid is none.");
}
