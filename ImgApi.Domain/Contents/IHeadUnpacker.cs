namespace ImgApi.Domain.Contents;

/// <summary>Unpacks the beginning of a file that is gzip, bzip2 or xz.</summary>
public interface IHeadUnpacker
{
    /// <summary>Unpacks what can be unpacked, whatever the bytes are: hostile ones cost no more memory or time than others.</summary>
    /// <param name="format">The format of the file.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="isWhole">Whether these are all of them; else an end in the middle of the data is no damage.</param>
    /// <param name="limit">The most bytes that are wanted.</param>
    UnpackedHead Unpack(ContentFormat format, ReadOnlyMemory<byte> head, bool isWhole, int limit);
}

/// <summary>The beginning of what a file unpacks to.</summary>
/// <param name="Bytes">The first bytes; fewer than were wanted if the file ended, was cut, or is damaged.</param>
/// <param name="IsWhole">Whether nothing follows them.</param>
/// <param name="IsDamaged">Whether the data is not what the format allows.</param>
public readonly record struct UnpackedHead(ReadOnlyMemory<byte> Bytes, bool IsWhole = false, bool IsDamaged = false);
