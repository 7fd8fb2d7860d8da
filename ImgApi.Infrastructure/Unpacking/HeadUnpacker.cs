using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ImgApi.Domain.Contents;
using SharpCompress.Compressors.BZip2;

namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// Decompresses the first bytes of files in a few MiB of memory: gzip has a window of 32 KiB, bzip2 takes 6.5 MiB for its largest block, and
/// <see cref="XzBlock"/> limits the dictionary of xz. The length of the head and the limit bound the time. Only the first of several bzip2
/// streams is decompressed: each takes 6.5 MiB and some milliseconds, and an empty one has only 14 bytes.
/// </summary>
public sealed class HeadUnpacker : IHeadUnpacker
{
    /// <inheritdoc/>
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

            // More bzip2 streams may follow.
            var isEnd = unpacked is not null && isWhole && count < limit && (format != ContentFormat.Bzip2 || packed.Position == packed.Length);
            return new UnpackedHead(bytes.AsMemory(0, count), isEnd, IsDamaged: isEnd && format == ContentFormat.Gzip && IsCutGzip(head.Span, count));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The libraries throw a dozen exceptions for bad data, such as IndexOutOfRangeException.
            var isCut = !isWhole && packed.Position >= packed.Length;
            return new UnpackedHead(bytes.AsMemory(0, count), IsDamaged: !isCut);
        }
    }

    /// <summary>
    /// Whether a gzip file is truncated, which .NET does not report. The last four bytes of a complete file are the unpacked length of its last
    /// member (RFC 1952).
    /// </summary>
    private static bool IsCutGzip(ReadOnlySpan<byte> file, int unpacked) =>
        file.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(file[^sizeof(uint)..]) > unpacked;

    private static MemoryStream Stream(ReadOnlyMemory<byte> head) => MemoryMarshal.TryGetArray(head, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(head.ToArray(), writable: false);

    /// <summary>Null for an unsupported format or variant.</summary>
    private static Stream? Open(ContentFormat format, Stream packed) => format switch
    {
        ContentFormat.Gzip => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
        ContentFormat.Bzip2 => BZip2Stream.Create(
            packed, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: false, leaveOpen: true),
        ContentFormat.Xz => XzBlock.Open(packed),
        _ => null,
    };
}
