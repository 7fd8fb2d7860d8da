using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImgApi.Api.Binding;

/// <summary>Reads the request headers of the tus protocol.</summary>
/// <remarks>Every method throws <see cref="ImgApiException"/> <c>InvalidHeader</c> for a value that it cannot read.</remarks>
internal static class TusHeaders
{
    // Characters. The text is stored and returned.
    private const int MaxMetadata = 4096;

    private const string NotANumber = "is not a number of bytes";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The length of an upload in bytes.</summary>
    /// <exception cref="ImgApiException"><c>PayloadTooLarge</c> above the maximum.</exception>
    public static long Length(HttpRequest request, string? text, long max)
    {
        if (request.Headers.ContainsKey(Tus.UploadDeferLength))
        {
            throw Invalid(Tus.UploadDeferLength, "is not supported: send Upload-Length, the size of the file in bytes");
        }

        if (string.IsNullOrEmpty(text))
        {
            throw Invalid(Tus.UploadLength, "is missing: the size of the file in bytes");
        }

        // Numbers may have any number of digits.
        return !text.All(char.IsAsciiDigit) ? throw Invalid(Tus.UploadLength, NotANumber)
            : long.TryParse(text, CultureInfo.InvariantCulture, out var length) && length <= max ? length
            : throw new ImgApiException(
                ErrorCode.PayloadTooLarge, $"image file size {text} (from {Tus.UploadLength}) exceeds the maximum allowed size, {ByteSize.Format(max)}");
    }

    public static long Offset(string? text) =>
        string.IsNullOrEmpty(text) ? throw Invalid(Tus.UploadOffset, "is missing: where the part begins, in bytes") : Number(Tus.UploadOffset, text);

    /// <summary>The SHA-1 of a part in lower-case hex; null if there is none.</summary>
    public static string? Checksum(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var words = text.Split(' ');
        return words.Length != 2 || words[0] != Tus.ChecksumAlgorithm
            ? throw Invalid(Tus.UploadChecksum, $"must be \"{Tus.ChecksumAlgorithm}\", a space and the checksum in base64")
            : Base64.IsValid(words[1], out var length) && length == SHA1.HashSizeInBytes ? Convert.ToHexStringLower(Convert.FromBase64String(words[1]))
            : throw Invalid(Tus.UploadChecksum, "is not a SHA-1 in base64");
    }

    /// <summary>The values of the metadata by their keys.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(string? text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text?.Length > MaxMetadata)
        {
            throw Invalid(Tus.UploadMetadata, $"has more than {MaxMetadata} characters");
        }

        foreach (var pair in string.IsNullOrWhiteSpace(text) ? [] : text.Split(','))
        {
            var words = pair.Trim().Split(' ');
            if (!IsKey(words[0]) || words.Length > 2 || !values.TryAdd(words[0], words.Length == 2 ? Decode(words[1]) : ""))
            {
                throw Invalid(Tus.UploadMetadata, "must be a list of ASCII keys, each once, with a space and a value in base64");
            }
        }

        return values;
    }

    private static bool IsKey(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\x7f');

    private static string Decode(string text)
    {
        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(text));
        }
        catch (Exception broken) when (broken is FormatException or DecoderFallbackException)
        {
            throw Invalid(Tus.UploadMetadata, "has a value that is not UTF-8 text in base64");
        }
    }

    private static long Number(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(name, NotANumber);

    private static ImgApiException Invalid(string name, string reason) => new(ErrorCode.InvalidHeader, $"the header {name} {reason}");
}
