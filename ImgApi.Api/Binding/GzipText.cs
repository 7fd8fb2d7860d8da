using System.IO.Compression;
using System.Security.Cryptography;

namespace ImgApi.Api.Binding;

/// <summary>
/// Inflates gzip and detects truncation. The framework accepts a stream whose end is missing, checksum included. So a known member is
/// appended, which is inflated correctly only if everything before it was complete.
/// </summary>
internal static class GzipText
{
    /// <summary>Bytes of the inflated stream that follow the text.</summary>
    public const int MarkLength = 16;

    // Random in each process, so that no client can append it.
    private static readonly byte[] Mark = RandomNumberGenerator.GetBytes(MarkLength);
    private static readonly byte[] MarkMember = Deflated(Mark);

    /// <summary>Inflates one or more members.</summary>
    /// <param name="bytes">The members.</param>
    /// <param name="read">Reads the inflated stream, which is the text and <see cref="MarkLength"/> bytes, to its end; throws to refuse it.</param>
    /// <exception cref="ImgApiException"><c>InvalidContent</c> if it is not gzip, or truncated; and those of <paramref name="read"/>.</exception>
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
