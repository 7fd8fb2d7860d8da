using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>An image as stored, and its stamp before it was read.</summary>
internal sealed record IndexEntry(ImageStamp Stamp, Image Image)
{
    public void Write(ChunkWriter to)
    {
        Write(to, Stamp.Folder);
        Write(to, Stamp.Manifest);
        ImageCodec.Write(to, Image);
    }

    /// <summary>Reads the entries of a chunk. For other bytes the result is undefined, or it throws one of several exceptions.</summary>
    public static List<IndexEntry> ReadAll(ArraySegment<byte> chunk)
    {
        using var from = new ChunkReader(chunk);
        var entries = new List<IndexEntry>();
        while (!from.IsAtEnd)
        {
            entries.Add(new IndexEntry(new ImageStamp(ReadStamp(from), ReadStamp(from)), ImageCodec.Read(from)));
        }

        return entries;
    }

    private static void Write(ChunkWriter to, FileStamp stamp)
    {
        to.Write(stamp.Inode);
        to.Write(stamp.Size);
        to.Write(stamp.ModifiedAt);
        to.Write(stamp.ChangedAt);
    }

    private static FileStamp ReadStamp(ChunkReader from) => new(from.ReadUInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64());
}
