using System.Text;
using SharpCompress.Compressors.LZMA;

namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// The first block of an xz file (tukaani.org/xz/xz-file-format.txt). The library's own xz reader allocates the dictionary size that the file
/// requests, which may be 4 GiB. The first bytes refer back at most to their own start, so a dictionary as large as the unpacked limit suffices.
/// </summary>
internal static class XzBlock
{
    private const int StreamHeaderLength = 12;
    private const byte Lzma2 = 0x21;

    // The flags of a block: the number of filters before the last one, and which sizes are present.
    private const int FiltersMask = 0x03;
    private const int PackedSizeFlag = 0x40;
    private const int UnpackedSizeFlag = 0x80;

    // 1 MiB, as LZMA2 encodes it.
    private const byte DictionarySize = 16;

    /// <summary>Opens the unpacked first block; null if it has other filters than LZMA2, as executables may have.</summary>
    /// <param name="packed">The file from its start.</param>
    /// <exception cref="InvalidDataException">The chunks are invalid.</exception>
    /// <exception cref="FormatException">The headers are invalid.</exception>
    /// <exception cref="EndOfStreamException">The file ends in its headers.</exception>
    public static Stream? Open(Stream packed)
    {
        packed.Seek(StreamHeaderLength, SeekOrigin.Begin);
        using var header = new BinaryReader(packed, Encoding.ASCII, leaveOpen: true);
        var size = header.ReadByte();
        if (size == 0)
        {
            return Stream.Null; // the index: the file has no blocks
        }

        var flags = header.ReadByte();
        SkipNumber(header, (flags & PackedSizeFlag) != 0);
        SkipNumber(header, (flags & UnpackedSizeFlag) != 0);
        if ((flags & FiltersMask) != 0 || header.ReadByte() != Lzma2)
        {
            return null;
        }

        var blockData = StreamHeaderLength + ((size + 1) * 4);
        packed.Seek(blockData, SeekOrigin.Begin);
        Lzma2Chunks.Check(packed);
        packed.Seek(blockData, SeekOrigin.Begin);
        return LzmaStream.Create([DictionarySize], packed, -1, -1, null, isLzma2: true, leaveOpen: true);
    }

    private static void SkipNumber(BinaryReader header, bool isPresent)
    {
        if (isPresent)
        {
            _ = header.Read7BitEncodedInt64();
        }
    }
}
