using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace ImgApi.Api.Binding;

/// <summary>Reads what headers and parameters of an upload say about its bytes. Impossible claims are refused before the bytes are read.</summary>
internal static class UploadClaims
{
    private const string FormType = "multipart/form-data";
    private const string Md5Header = "Content-MD5";

    /// <summary>The claims of a request whose body is the content. The body is not read.</summary>
    /// <exception cref="ImgApiException">
    /// <c>Upload</c> for a form and for a part of a file; <c>InvalidParameter</c>; <c>BadDigest</c> for a header that is not an MD5.
    /// </exception>
    public static ContentClaims Of(HttpRequest request, UploadParameters parameters)
    {
        RefuseForm(request);
        if (request.Headers.ContentRange.Count > 0)
        {
            throw new ImgApiException(ErrorCode.Upload, "a Content-Range header makes the body a part of a file: send the whole file");
        }

        return new ContentClaims(Sha1(parameters.Sha1), Md5(Md5Header, request.Headers[Md5Header].ToString().Trim()), Size(parameters.Size));
    }

    /// <summary>Refuses a form, judged by the content type: the boundary lines around the file would be stored with it.</summary>
    /// <exception cref="ImgApiException"><c>Upload</c>.</exception>
    public static void RefuseForm(HttpRequest request)
    {
        if (request.ContentType?.TrimStart().StartsWith(FormType, StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new ImgApiException(
                ErrorCode.Upload, $"the body is a multipart form ({FormType}): send the file itself, without a form around it (curl -T FILE)");
        }
    }

    /// <summary>The claims of the parameters alone.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public static ContentClaims Of(UploadParameters parameters) => new(Sha1(parameters.Sha1), Size: Size(parameters.Size));

    private static string? Sha1(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : text.Length == SHA1.HashSizeInBytes * 2 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant()
        : throw ImgApiException.InvalidParameter("sha1", $"invalid sha1 \"{text}\" (must be 40 hexadecimal digits)");

    private static long? Size(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
        : throw ImgApiException.InvalidParameter("size", $"invalid size \"{text}\" (must be a number of bytes)");

    /// <summary>The MD5 of a text; null for an empty one.</summary>
    /// <param name="name">The name of the header or parameter, for the error.</param>
    /// <exception cref="ImgApiException"><c>BadDigest</c>.</exception>
    public static string? Md5(string name, string text) =>
        text.Length == 0 ? null
        : Base64.IsValid(text, out var length) && length == MD5.HashSizeInBytes ? text
        : throw new ImgApiException(ErrorCode.BadDigest, $"{name} '{text}' is not an MD5 in base64");
}
