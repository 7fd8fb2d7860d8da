namespace ImgApi.Infrastructure.Unpacking;

/// <summary>
/// The chunks that LZMA2 data consists of. Each may choose how many tables there are for literals. The format allows 16, which
/// the library does not check: it would allocate up to 4096, which take 12 MiB, and that for one chunk after the other.
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

    /// <summary>Reads the headers of all chunks, up to the end of the data or of the stream.</summary>
    /// <exception cref="InvalidDataException">One is not what the format allows.</exception>
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
                chunks.Seek(2, SeekOrigin.Current); // the size of what it unpacks to
            }

            var length = (chunks.ReadByte() << 8 | chunks.ReadByte()) + 1;
            if (control >= FirstWithProperties)
            {
                CheckProperties(chunks.ReadByte());
            }

            chunks.Seek(Math.Max(length, 0), SeekOrigin.Current);
        }
    }

    /// <summary>They are (pb * 5 + lp) * 9 + lc; there are 2 to the power of lc + lp tables.</summary>
    private static void CheckProperties(int properties)
    {
        if (properties > MaxProperties || (properties % 9) + (properties / 9 % 5) > MaxLiteralBits)
        {
            throw new InvalidDataException("The properties of a chunk are not valid.");
        }
    }
}
