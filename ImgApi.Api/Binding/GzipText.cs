using System.IO.Compression;
using System.Security.Cryptography;

namespace ImgApi.Api.Binding;

/// <summary>
/// Inflates gzip and makes sure that all of it was there. The framework takes a text whose end is missing, checksum and
/// all, for whole; so a known member is put behind it, which comes out right only if everything before it ended properly.
/// </summary>
internal static class GzipText
{
    /// <summary>Bytes that the inflated stream has beyond the text.</summary>
    public const int MarkLength = 16;

    // Made up by each process, so that nobody can end a text with it.
    private static readonly byte[] Mark = RandomNumberGenerator.GetBytes(MarkLength);
    private static readonly byte[] MarkMember = Deflated(Mark);

    /// <summary>Inflates a text of one or more members.</summary>
    /// <param name="bytes">The members.</param>
    /// <param name="read">Reads the inflated stream, which is the text and <see cref="MarkLength"/> bytes, to its end, or refuses to.</param>
    /// <exception cref="ImgApiException"><c>InvalidContent</c> if it is no gzip, or not the whole of it; and what <paramref name="read"/> throws.</exception>
    public static async Task<byte[]> InflateAsync(byte[] bytes, Func<Stream, Task<byte[]>> read)
    {
        try
        {
            await using var gzip = new GZipStream(new MemoryStream([.. bytes, .. MarkMember]), CompressionMode.Decompress);
            var text = await read(gzip);
            return text.AsSpan().EndsWith(Mark) ? text[..^MarkLength] : throw Invalid();
        }
        catch (InvalidDataException broken)
        {
            throw Invalid(broken);
        }
    }

    private static ImgApiException Invalid(Exception? inner = null) =>
        new(ErrorCode.InvalidContent, "the body is not valid gzip, or not the whole of it", inner: inner);

    private static byte[] Deflated(byte[] text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return target.ToArray();
    }
}
