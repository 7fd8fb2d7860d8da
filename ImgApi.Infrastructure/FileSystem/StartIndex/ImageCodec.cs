using ImgApi.Domain.Contents;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// Reads and writes images in the index, value by value. The fields of a manifest have the order of <see cref="ManifestSchema"/>. A boolean
/// before an optional value shows whether it is there.
/// </summary>
internal static class ImageCodec
{
    private static readonly (ManifestField Field, ValueCodec Values)[] Details =
        [.. ManifestSchema.Fields.Where(field => field.Set is not null).Select(field => (field, ValueCodec.For(field.Kind)))];

    public static void Write(ChunkWriter to, Image image)
    {
        to.Id(image.Uuid);
        to.Write(image.Activated);
        to.Text(image.Label);
        to.Text(image.Publisher);
        foreach (var (field, values) in Details)
        {
            WriteOptional(to, field.Get(image), values.Write);
        }

        WriteOptional(to, image.File, WriteFile);
        WriteOptional(to, image.Icon, WriteIcon);
        WriteOptional(to, image.Approval, WriteApproval);
    }

    public static Image Read(ChunkReader from)
    {
        var (uuid, activated, label, publisher) = (from.Id(), from.ReadBoolean(), from.Text(), from.Text());
        var details = new ImageDetails();
        foreach (var (field, values) in Details)
        {
            if (from.ReadBoolean())
            {
                field.Set!(details, values.Read(from));
            }
        }

        var file = from.ReadBoolean() ? ReadFile(from) : null;
        return Image.Restore(uuid, details, activated, label, file, from.ReadBoolean() ? ReadIcon(from) : null)
            .PublishedBy(publisher)
            .WithApproval(from.ReadBoolean() ? ReadApproval(from) : null);
    }

    private static void WriteFile(ChunkWriter to, ImageFile file)
    {
        to.Text(file.Sha1);
        to.Write(file.Size);
        to.Text(file.Compression);
        to.Text(file.DatasetGuid);
        to.Text(file.Md5);
        to.Instant(file.ModifiedAt);
        to.Text(file.Digest);
        to.Text(file.UncompressedDigest);
        to.Text(file.Content?.Value);
        WriteOptional(to, file.Inspection, WriteInspection);
    }

    private static ImageFile ReadFile(ChunkReader from) => new()
    {
        Sha1 = from.Text()!,
        Size = from.ReadInt64(),
        Compression = from.Text()!,
        DatasetGuid = from.Text(),
        Md5 = from.Text(),
        ModifiedAt = from.Instant(),
        Digest = from.Text(),
        UncompressedDigest = from.Text(),
        Content = from.Text() is { } content ? new ContentKey(content) : null,
        Inspection = from.ReadBoolean() ? ReadInspection(from) : null,
    };

    private static void WriteInspection(ChunkWriter to, InspectionResult inspection)
    {
        to.Write((int)inspection.Format);
        to.Write((int?)inspection.Inside ?? -1);
        to.Write(inspection.IsDamaged);
        WriteOptional(to, inspection.Stream, WriteStream);
    }

    private static InspectionResult ReadInspection(ChunkReader from) => new(
        (ContentFormat)from.ReadInt32(),
        from.ReadInt32() is var inside and >= 0 ? (ContentFormat)inside : null,
        from.ReadBoolean(),
        from.ReadBoolean() ? new ZfsStreamHead((ZfsObjectSet)from.ReadInt32(), from.ReadUInt64(), from.ReadUInt64(), from.ReadBoolean()) : null);

    private static void WriteStream(ChunkWriter to, ZfsStreamHead stream)
    {
        to.Write((int)stream.Kind);
        to.Write(stream.ToGuid);
        to.Write(stream.FromGuid);
        to.Write(stream.HoldsSeveral);
    }

    private static void WriteIcon(ChunkWriter to, ImageIcon icon)
    {
        to.Text(icon.ContentType);
        to.Write(icon.Size);
        to.Text(icon.Sha1);
        to.Text(icon.Md5);
        to.Instant(icon.ModifiedAt);
        to.Text(icon.Content.Value);
    }

    private static ImageIcon ReadIcon(ChunkReader from) => new()
    {
        ContentType = from.Text()!,
        Size = from.ReadInt64(),
        Sha1 = from.Text(),
        Md5 = from.Text(),
        ModifiedAt = from.Instant(),
        Content = new ContentKey(from.Text()!),
    };

    private static void WriteApproval(ChunkWriter to, ApprovalRequest request)
    {
        to.Text(request.RequestedAt.Text);
        to.Text(request.RejectedBy);
        to.Text(request.Reason);
    }

    private static ApprovalRequest ReadApproval(ChunkReader from) =>
        new((Timestamp)ValueCodec.For(FieldKind.Timestamp).Read(from)) { RejectedBy = from.Text(), Reason = from.Text() };

    private static void WriteOptional<T>(ChunkWriter to, T? value, Action<ChunkWriter, T> write)
        where T : class
    {
        to.Write(value is not null);
        if (value is not null)
        {
            write(to, value);
        }
    }
}
