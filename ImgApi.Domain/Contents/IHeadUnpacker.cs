namespace ImgApi.Domain.Contents;

/// <summary>Decompresses the beginning of a gzip, bzip2 or xz file.</summary>
public interface IHeadUnpacker
{
    /// <summary>Decompresses as much as possible. Hostile bytes cost no more memory or time than others.</summary>
    /// <param name="isWhole">Whether the file has no more bytes. Otherwise the data may end anywhere without being damaged.</param>
    /// <param name="limit">Maximum number of decompressed bytes.</param>
    UnpackedHead Unpack(ContentFormat format, ReadOnlyMemory<byte> head, bool isWhole, int limit);
}

/// <param name="Bytes">The first bytes; fewer than the limit if the file ends, is truncated or is damaged.</param>
/// <param name="IsWhole">Whether these are all bytes.</param>
public readonly record struct UnpackedHead(ReadOnlyMemory<byte> Bytes, bool IsWhole = false, bool IsDamaged = false);
