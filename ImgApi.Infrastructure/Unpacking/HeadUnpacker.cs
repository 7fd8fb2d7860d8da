using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ImgApi.Domain.Contents;
using SharpCompress.Compressors.BZip2;

namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// Unpacks beginnings in a few MiB of memory: gzip has a window of 32 KiB, bzip2 takes 6.5 MiB for its largest block, and xz
/// gets no larger dictionary than <see cref="XzBlock"/> gives it. Time is bounded by the length of the head and by the limit. Of
/// several bzip2 streams in a row the first alone is unpacked: each would cost those MiB and some milliseconds, and an empty one has
/// 14 bytes.
/// </summary>
internal sealed class HeadUnpacker : IHeadUnpacker
{
    public UnpackedHead Unpack(ContentFormat format, ReadOnlyMemory<byte> head, bool isWhole, int limit)
    {
        using var packed = Stream(head);
        var bytes = new byte[limit];
        var count = 0;
        try
        {
            using var unpacked = Open(format, packed);
            while (unpacked is not null && count < limit && unpacked.Read(bytes, count, limit - count) is var read and > 0)
            {
                count += read;
            }

            // More bzip2 streams may follow the one that was unpacked.
            var isEnd = unpacked is not null && isWhole && count < limit && (format != ContentFormat.Bzip2 || packed.Position == packed.Length);
            return new UnpackedHead(bytes.AsMemory(0, count), isEnd, IsDamaged: isEnd && format == ContentFormat.Gzip && IsCutGzip(head.Span, count));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The libraries have a dozen exceptions for bad data, IndexOutOfRangeException among them.
            var isCut = !isWhole && packed.Position >= packed.Length;
            return new UnpackedHead(bytes.AsMemory(0, count), IsDamaged: !isCut);
        }
    }

    /// <summary>
    /// Whether a gzip file ends in the middle of its data, which .NET takes for a good end. The last four bytes of a whole one are the
    /// unpacked length of its last member (RFC 1952).
    /// </summary>
    private static bool IsCutGzip(ReadOnlySpan<byte> file, int unpacked) =>
        file.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(file[^sizeof(uint)..]) > unpacked;

    private static MemoryStream Stream(ReadOnlyMemory<byte> head) => MemoryMarshal.TryGetArray(head, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(head.ToArray(), writable: false);

    /// <summary>Null for a variant that nobody has unpacked here.</summary>
    private static Stream? Open(ContentFormat format, Stream packed) => format switch
    {
        ContentFormat.Gzip => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
        ContentFormat.Bzip2 => BZip2Stream.Create(
            packed, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: false, leaveOpen: true),
        ContentFormat.Xz => XzBlock.Open(packed),
        _ => null,
    };
}
