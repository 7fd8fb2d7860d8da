namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// Checks the chunks of LZMA2 data. Each chunk chooses the number of its literal tables. The format allows 16, but the library does not check
/// that: it would allocate up to 4096 tables (12 MiB) for one chunk after the other.
/// </summary>
internal static class Lzma2Chunks
{
    // The first byte of a chunk.
    private const int End = 0;
    private const int LastPlain = 2;
    private const int FirstPacked = 0x80;
    private const int FirstWithProperties = 0xc0;

    private const int MaxProperties = 224;
    private const int MaxLiteralBits = 4;

    /// <summary>Reads the headers of all chunks, to the end of the data or of the stream.</summary>
    /// <exception cref="InvalidDataException">A header is invalid.</exception>
    public static void Check(Stream chunks)
    {
        while (chunks.ReadByte() is var control and > End)
        {
            if (control is > LastPlain and < FirstPacked)
            {
                throw new InvalidDataException("A chunk has an unknown type.");
            }

            if (control >= FirstPacked)
            {
                chunks.Seek(2, SeekOrigin.Current); // the unpacked size
            }

            var length = (chunks.ReadByte() << 8 | chunks.ReadByte()) + 1;
            if (control >= FirstWithProperties)
            {
                CheckProperties(chunks.ReadByte());
            }

            chunks.Seek(Math.Max(length, 0), SeekOrigin.Current);
        }
    }

    /// <summary>The byte is (pb * 5 + lp) * 9 + lc, for 2^(lc + lp) tables.</summary>
    private static void CheckProperties(int properties)
    {
        if (properties > MaxProperties || (properties % 9) + (properties / 9 % 5) > MaxLiteralBits)
        {
            throw new InvalidDataException("The properties of a chunk are not valid.");
        }
    }
}
