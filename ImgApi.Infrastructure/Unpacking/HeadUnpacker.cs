using System.IO.Compression;
using System.Runtime.InteropServices;
using ImgApi.Domain.Contents;
using SharpCompress.Compressors.BZip2;

namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// Unpacks beginnings in a few MiB of memory: gzip has a window of 32 KiB, bzip2 takes 6.5 MiB for its largest block, and xz
/// gets no larger dictionary than <see cref="XzBlock"/> gives it. Time is bounded by the length of the head and by the limit.
/// </summary>
internal sealed class HeadUnpacker : IHeadUnpacker
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

            return new UnpackedHead(bytes.AsMemory(0, count), IsWhole: unpacked is not null && isWhole && count < limit);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The libraries have a dozen exceptions for bad data, IndexOutOfRangeException among them.
            var isCut = !isWhole && packed.Position >= packed.Length;
            return new UnpackedHead(bytes.AsMemory(0, count), IsDamaged: !isCut);
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> head) => MemoryMarshal.TryGetArray(head, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(head.ToArray(), writable: false);

    /// <summary>Null for a variant that nobody has unpacked here.</summary>
    private static Stream? Open(ContentFormat format, Stream packed) => format switch
    {
        ContentFormat.Gzip => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
        ContentFormat.Bzip2 => BZip2Stream.Create(
            packed, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true),
        ContentFormat.Xz => XzBlock.Open(packed),
        _ => null,
    };
}
