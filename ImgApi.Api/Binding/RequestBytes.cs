using System.IO.Compression;
using System.Security.Cryptography;

namespace ImgApi.Api.Binding;

/// <summary>The bytes of a small request body: bounded, inflated, checked against <c>Content-MD5</c> (contract 1.6).</summary>
internal static class RequestBytes
{
    /// <summary>Maximum bytes of a JSON body, also after inflating.</summary>
    public const int Limit = 4 * 1024 * 1024;

    private const string Md5Header = "Content-MD5";

    // The framework accepts a gzip stream whose end is missing, checksum included. So a known member is appended, which is inflated
    // correctly only if everything before it was complete. It is random in each process, so that no client can append it.
    private static readonly byte[] Mark = RandomNumberGenerator.GetBytes(16);
    private static readonly byte[] MarkMember = Deflated(Mark);

    /// <param name="limit">Maximum bytes, also after inflating.</param>
    /// <exception cref="ImgApiException"><c>RequestEntityTooLargeError</c>, <c>BadDigest</c>, <c>InvalidContent</c>.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit = Limit)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        var bytes = await ReadToLimitAsync(request.Body, limit, request.HttpContext.RequestAborted);
        VerifyDigest(request, bytes);
        return IsGzip(request) && bytes.Length > 0 ? await InflateAsync(bytes, limit, request.HttpContext.RequestAborted) : bytes;
    }

    private static bool IsGzip(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().Equals("gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Inflates one or more members.</summary>
    private static async Task<byte[]> InflateAsync(byte[] bytes, int limit, CancellationToken cancellation)
    {
        try
        {
            await using var gzip = new GZipStream(new MemoryStream([.. bytes, .. MarkMember]), CompressionMode.Decompress);
            var text = await ReadToLimitAsync(gzip, limit, cancellation, Mark.Length);
            return text.AsSpan().EndsWith(Mark) ? text[..^Mark.Length] : throw InvalidGzip();
        }
        catch (InvalidDataException broken)
        {
            throw InvalidGzip(broken);
        }
    }

    private static byte[] Deflated(byte[] text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return target.ToArray();
    }

    private static async Task<byte[]> ReadToLimitAsync(Stream source, int limit, CancellationToken cancellation, int trailer = 0)
    {
        using var target = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await source.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (target.Length + count > limit + trailer)
            {
                throw TooLarge(limit);
            }

            target.Write(buffer, 0, count);
        }

        return target.ToArray();
    }

    private static void VerifyDigest(HttpRequest request, byte[] bytes)
    {
        if (request.Headers[Md5Header].ToString() is not { Length: > 0 } given)
        {
            return;
        }

#pragma warning disable CA5351 // Given by the protocol; it detects damage, not attackers.
        var computed = Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
        if (given != computed)
        {
            throw new ImgApiException(ErrorCode.BadDigest, $"Content-MD5 '{given}' didn't match '{computed}'");
        }
    }

    private static ImgApiException InvalidGzip(Exception? inner = null) =>
        new(ErrorCode.InvalidContent, "the body is not valid gzip, or not the whole of it", inner: inner);

    private static ImgApiException TooLarge(int limit) =>
        new(ErrorCode.PayloadTooLarge, $"the request body exceeds the maximum allowed size, {ByteSize.Format(limit)}");
}
