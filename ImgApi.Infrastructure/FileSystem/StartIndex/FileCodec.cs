using ImgApi.Domain.Contents;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Files of images in the bytes of the index.</summary>
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
        WriteSeen(to, file.Seen);
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
        Seen = ReadSeen(ref from),
    };

    private static void WriteSeen(ChunkWriter to, ContentSeen? seen)
    {
        to.Boolean(seen is not null);
        if (seen is null)
        {
            return;
        }

        to.Integer((long)seen.Format);
        to.Integer((long?)seen.Inside);
        to.Boolean(seen.IsDamaged);
        to.Boolean(seen.Stream is not null);
        if (seen.Stream is { } stream)
        {
            to.Integer((long)stream.Kind);
            to.Integer((long)stream.ToGuid);
            to.Integer((long)stream.FromGuid);
            to.Boolean(stream.HoldsSeveral);
        }
    }

    private static ContentSeen? ReadSeen(ref ChunkReader from) => from.Boolean()
        ? new ContentSeen(
            (ContentFormat)from.Integer(),
            (ContentFormat?)from.IntegerOrNone(),
            from.Boolean(),
            from.Boolean() ? new ZfsStreamHead((ZfsObjectSet)from.Integer(), (ulong)from.Integer(), (ulong)from.Integer(), from.Boolean()) : null)
        : null;
}
