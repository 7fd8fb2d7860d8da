using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Entries in the bytes of a chunk.</summary>
internal static class EntryCodec
{
    public static void Write(ChunkWriter to, IndexEntry entry)
    {
        Write(to, entry.Stamp.Folder);
        Write(to, entry.Stamp.Manifest);
        ImageCodec.Write(to, entry.Image);
    }

    /// <summary>All of a chunk. Fails as <see cref="ChunkReader"/> does.</summary>
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
