using SharpCompress.Compressors.LZMA;

namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// The first block of an xz file (tukaani.org/xz/xz-file-format.txt). The library's own reader of xz allocates the dictionary
/// that the file asks for, which may be 4 GiB. A beginning never refers back further than to its start, so here a dictionary
/// as long as the most that is unpacked will do, whatever the file asks for.
/// </summary>
internal static class XzBlock
{
    private const int StreamHeaderLength = 12;
    private const byte Lzma2 = 0x21;

    // Of a block's flags: how many filters there are, and which sizes precede them.
    private const int FiltersMask = 0x03;
    private const int PackedSizeFlag = 0x40;
    private const int UnpackedSizeFlag = 0x80;

    // 1 MiB, in the coding of LZMA2.
    private const byte DictionarySize = 16;

    /// <summary>What the first block unpacks to; null if it has other filters than LZMA2 before it, as executables may have.</summary>
    /// <param name="packed">The file from its start.</param>
    /// <exception cref="InvalidDataException">The headers, or those of the chunks in the block, are not those of xz.</exception>
    /// <exception cref="EndOfStreamException">The file ends in its headers.</exception>
    public static Stream? Open(Stream packed)
    {
        packed.Seek(StreamHeaderLength, SeekOrigin.Begin);
        var size = Byte(packed);
        if (size == 0)
        {
            return Stream.Null; // the index: the file has no blocks
        }

        var blockData = StreamHeaderLength + ((size + 1) * 4);
        var flags = Byte(packed);
        SkipNumber(packed, (flags & PackedSizeFlag) != 0);
        SkipNumber(packed, (flags & UnpackedSizeFlag) != 0);
        if ((flags & FiltersMask) != 0 || Byte(packed) != Lzma2)
        {
            return null;
        }

        packed.Seek(blockData, SeekOrigin.Begin);
        Lzma2Chunks.Check(packed);
        packed.Seek(blockData, SeekOrigin.Begin);
        return LzmaStream.Create([DictionarySize], packed, -1, -1, null, isLzma2: true, leaveOpen: true);
    }

    private static int Byte(Stream packed) => packed.ReadByte() is var value and >= 0 ? value : throw new EndOfStreamException();

    /// <summary>A number of up to nine bytes, of which all but the last have their top bit set.</summary>
    private static void SkipNumber(Stream packed, bool isThere)
    {
        for (var length = 1; isThere && (Byte(packed) & 0x80) != 0; length++)
        {
            if (length == 9)
            {
                throw new InvalidDataException("A number of the block's header does not end.");
            }
        }
    }
}
