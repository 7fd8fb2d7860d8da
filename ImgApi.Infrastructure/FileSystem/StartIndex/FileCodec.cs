using ImgApi.Domain.Contents;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads and writes the files of images in the index.</summary>
internal static class FileCodec
{
    public static void Write(ChunkWriter to, ImageFile file)
    {
        to.Text(file.Sha1);
        to.Integer(file.Size);
        to.Text(file.Compression);
        to.Text(file.DatasetGuid);
        to.Text(file.Md5);
        to.Instant(file.ModifiedAt);
        to.Text(file.Digest);
        to.Text(file.UncompressedDigest);
        to.Text(file.Content?.Value);
        WriteInspection(to, file.Inspection);
    }

    public static ImageFile Read(ref ChunkReader from) => new()
    {
        Sha1 = from.Text(),
        Size = from.Integer(),
        Compression = from.Text(),
        DatasetGuid = from.TextOrNone(),
        Md5 = from.TextOrNone(),
        ModifiedAt = from.Instant(),
        Digest = from.TextOrNone(),
        UncompressedDigest = from.TextOrNone(),
        Content = from.TextOrNone() is { } content ? new ContentKey(content) : null,
        Inspection = ReadInspection(ref from),
    };

    private static void WriteInspection(ChunkWriter to, InspectionResult? inspection)
    {
        to.Boolean(inspection is not null);
        if (inspection is null)
        {
            return;
        }

        to.Integer((long)inspection.Format);
        to.Integer((long?)inspection.Inside);
        to.Boolean(inspection.IsDamaged);
        to.Boolean(inspection.Stream is not null);
        if (inspection.Stream is { } stream)
        {
            to.Integer((long)stream.Kind);
            to.Integer((long)stream.ToGuid);
            to.Integer((long)stream.FromGuid);
            to.Boolean(stream.HoldsSeveral);
        }
    }

    private static InspectionResult? ReadInspection(ref ChunkReader from) => from.Boolean()
        ? new InspectionResult(
            (ContentFormat)from.Integer(),
            (ContentFormat?)from.IntegerOrNone(),
            from.Boolean(),
            from.Boolean() ? new ZfsStreamHead((ZfsObjectSet)from.Integer(), (ulong)from.Integer(), (ulong)from.Integer(), from.Boolean()) : null)
        : null;
}
