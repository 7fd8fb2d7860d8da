using System.Buffers.Binary;

namespace ImgApi.Domain.Contents;

/// <summary>
/// What the beginning of a ZFS send stream says (OpenZFS, include/sys/zfs_ioctl.h). A stream begins with a record BEGIN. One
/// of several streams (header type 2: <c>zfs send -p</c>, <c>-R</c>, <c>-I</c>) has a record BEGIN for the whole, a list of
/// names and values, and a record END before that of the first stream.
/// </summary>
/// <param name="Kind">What was sent.</param>
/// <param name="ToGuid">GUID of the snapshot that the stream makes; imgadm's <c>dataset_guid</c> is its decimal text.</param>
/// <param name="FromGuid">GUID of the snapshot that it builds upon; 0 for a full stream.</param>
/// <param name="HoldsSeveral">Whether several snapshots are in it; the GUIDs are then those of the first.</param>
public sealed record ZfsStreamHead(ZfsObjectSet Kind, ulong ToGuid, ulong FromGuid, bool HoldsSeveral)
{
    /// <summary>Bytes of a record, and so of the shortest stream: dmu_replay_record, which is type, length of the payload, drr_begin.</summary>
    public const int RecordLength = 312;

    private const int PayloadLengthAt = 4;
    private const int MagicAt = 8;
    private const int VersionInfoAt = 16;
    private const int ObjectSetTypeAt = 32;
    private const int ToGuidAt = 40;
    private const int FromGuidAt = 48;
    private const int NameAt = 56;

    // The magic number of a BEGIN record; the order of its bytes is the stream's.
    private const ulong Magic = 0x2F5bacbac;

    private const ulong HeaderTypeMask = 3;
    private const ulong Compound = 2;

    /// <summary>In XDR, the name of the list of snapshots that each file system or volume of a compound stream has.</summary>
    private static ReadOnlySpan<byte> SnapshotsOfOne => [0, 0, 0, 5, (byte)'s', (byte)'n', (byte)'a', (byte)'p', (byte)'s', 0, 0, 0];

    /// <summary>Whether a stream builds upon a snapshot that the receiver must have.</summary>
    public bool IsIncremental => FromGuid != 0;

    /// <summary>Whether bytes begin as a stream does: a record of the type BEGIN, and the magic number.</summary>
    public static bool IsStart(ReadOnlySpan<byte> head) =>
        head.Length >= VersionInfoAt
        && BinaryPrimitives.ReadUInt32LittleEndian(head) == 0
        && (BinaryPrimitives.ReadUInt64LittleEndian(head[MagicAt..]) == Magic || BinaryPrimitives.ReadUInt64BigEndian(head[MagicAt..]) == Magic);

    /// <summary>Reads the beginning of a stream.</summary>
    /// <param name="head">The first bytes: 312 for a plain stream; one of several needs its list and two more records.</param>
    /// <returns>Null if the bytes do not begin as a stream does, or end before they tell everything.</returns>
    public static ZfsStreamHead? Parse(ReadOnlySpan<byte> head)
    {
        if (!IsStart(head) || head.Length < RecordLength)
        {
            return null;
        }

        var order = new Order(IsBig: BinaryPrimitives.ReadUInt64BigEndian(head[MagicAt..]) == Magic);
        return (order.Long(head[VersionInfoAt..]) & HeaderTypeMask) == Compound ? ParseFirstOf(head, order) : ParseOne(head, order, false);
    }

    private static ZfsStreamHead? ParseFirstOf(ReadOnlySpan<byte> head, Order order)
    {
        var list = order.Int(head[PayloadLengthAt..]);
        var first = RecordLength + (long)list + RecordLength;
        if (head.Length < first + RecordLength || !IsStart(head[(int)first..]))
        {
            return null;
        }

        var begin = head[(int)first..];
        // One file system or volume, and its newest snapshot is the first that comes: there is no other.
        var isOne = head.Slice(RecordLength, (int)list).Count(SnapshotsOfOne) <= 1 && Name(head).SequenceEqual(Name(begin));
        return ParseOne(begin, order, !isOne);
    }

    private static ZfsStreamHead ParseOne(ReadOnlySpan<byte> begin, Order order, bool holdsSeveral) => new(
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

    /// <summary>The order of the bytes in a stream's numbers.</summary>
    private readonly record struct Order(bool IsBig)
    {
        public uint Int(ReadOnlySpan<byte> bytes) =>
            IsBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

        public ulong Long(ReadOnlySpan<byte> bytes) =>
            IsBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}

/// <summary>What a ZFS send stream was made of.</summary>
public enum ZfsObjectSet
{
    /// <summary>Neither of the others; machines install no such thing.</summary>
    Other,

    /// <summary>A file system.</summary>
    FileSystem,

    /// <summary>A volume.</summary>
    Volume,
}
