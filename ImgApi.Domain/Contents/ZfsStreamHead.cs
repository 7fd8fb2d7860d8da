using System.Buffers.Binary;

namespace ImgApi.Domain.Contents;

/// <summary>
/// The header of a ZFS send stream (OpenZFS, include/sys/zfs_ioctl.h). A plain stream begins with a BEGIN record. A compound stream
/// (header type 2: <c>zfs send -p</c>, <c>-R</c>, <c>-I</c>) has its own BEGIN record, a name-value list and an END record before the
/// BEGIN record of its first stream.
/// </summary>
/// <param name="ToGuid">GUID of the snapshot that the stream creates; imgadm's <c>dataset_guid</c> is its decimal text.</param>
/// <param name="FromGuid">GUID of the snapshot that the stream is based on; 0 for a full stream.</param>
/// <param name="HoldsSeveral">Whether the stream contains several snapshots; the GUIDs are those of the first.</param>
public sealed record ZfsStreamHead(ZfsObjectSet Kind, ulong ToGuid, ulong FromGuid, bool HoldsSeveral)
{
    /// <summary>Size in bytes of a record (dmu_replay_record: type, payload length, drr_begin), and so of the shortest stream.</summary>
    public const int RecordLength = 312;

    private const int PayloadLengthAt = 4;
    private const int MagicAt = 8;
    private const int VersionInfoAt = 16;
    private const int ObjectSetTypeAt = 32;
    private const int ToGuidAt = 40;
    private const int FromGuidAt = 48;
    private const int NameAt = 56;

    // Magic number of a BEGIN record. Its byte order is that of the stream.
    private const ulong Magic = 0x2F5bacbac;

    private const ulong HeaderTypeMask = 3;
    private const ulong Compound = 2;

    // The XDR-encoded name "snaps": the snapshot list of each file system or volume in a compound stream.
    private static ReadOnlySpan<byte> SnapshotListName => [0, 0, 0, 5, (byte)'s', (byte)'n', (byte)'a', (byte)'p', (byte)'s', 0, 0, 0];

    public bool IsIncremental => FromGuid != 0;

    /// <summary>Whether the bytes begin with a BEGIN record and its magic number.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) =>
        head.Length >= VersionInfoAt
        && BinaryPrimitives.ReadUInt32LittleEndian(head) == 0
        && (BinaryPrimitives.ReadUInt64LittleEndian(head[MagicAt..]) == Magic || BinaryPrimitives.ReadUInt64BigEndian(head[MagicAt..]) == Magic);

    /// <summary>The header of a stream; null if the bytes are not a stream, or too few.</summary>
    /// <param name="head">The first bytes: one record of a plain stream; a compound stream needs its list and two more records.</param>
    public static ZfsStreamHead? Parse(ReadOnlySpan<byte> head)
    {
        if (!IsStart(head) || head.Length < RecordLength)
        {
            return null;
        }

        var order = new Order(IsBig: BinaryPrimitives.ReadUInt64BigEndian(head[MagicAt..]) == Magic);
        return (order.Long(head[VersionInfoAt..]) & HeaderTypeMask) == Compound ? ParseCompound(head, order) : ParseBegin(head, order, false);
    }

    private static ZfsStreamHead? ParseCompound(ReadOnlySpan<byte> head, Order order)
    {
        var list = order.Int(head[PayloadLengthAt..]);
        var first = RecordLength + (long)list + RecordLength;
        if (head.Length < first + RecordLength || !IsStart(head[(int)first..]))
        {
            return null;
        }

        var begin = head[(int)first..];
        // One snapshot list, and its newest snapshot comes first: there is only one snapshot.
        var isOne = head.Slice(RecordLength, (int)list).Count(SnapshotListName) <= 1 && Name(head).SequenceEqual(Name(begin));
        return ParseBegin(begin, order, !isOne);
    }

    private static ZfsStreamHead ParseBegin(ReadOnlySpan<byte> begin, Order order, bool holdsSeveral) => new(
        order.Int(begin[ObjectSetTypeAt..]) switch
        {
            2 => ZfsObjectSet.FileSystem,
            3 => ZfsObjectSet.Volume,
            _ => ZfsObjectSet.Other,
        },
        order.Long(begin[ToGuidAt..]),
        order.Long(begin[FromGuidAt..]),
        holdsSeveral);

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> begin)
    {
        var name = begin[NameAt..RecordLength];
        return name.IndexOf((byte)0) is var end and >= 0 ? name[..end] : name;
    }

    private readonly record struct Order(bool IsBig)
    {
        public uint Int(ReadOnlySpan<byte> bytes) =>
            IsBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

        public ulong Long(ReadOnlySpan<byte> bytes) =>
            IsBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}

public enum ZfsObjectSet
{
    /// <summary>A type of dataset that machines cannot install.</summary>
    Other,

    FileSystem,
    Volume,
}
