using System.Buffers.Binary;

namespace ImgApi.Domain.Contents;

/// <summary>The beginning of a ZFS send stream: its first <c>dmu_replay_record</c> (OpenZFS, include/sys/zfs_ioctl.h).</summary>
public sealed record ZfsStreamHead
{
    // The magic number of a BEGIN record; the order of its bytes is the stream's.
    private const ulong Magic = 0x2F5bacbac;

    /// <summary>Whether a content begins as a stream does: a record of the type BEGIN, and the magic number.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) =>
        head.Length >= 16
        && BinaryPrimitives.ReadUInt32LittleEndian(head) == 0
        && (BinaryPrimitives.ReadUInt64LittleEndian(head[8..]) == Magic || BinaryPrimitives.ReadUInt64BigEndian(head[8..]) == Magic);
}
