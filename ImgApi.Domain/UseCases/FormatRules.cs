using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Detects files and icons whose declared format differs from their bytes, so that no client could use them. Bytes of an unknown format are
/// accepted.
/// </summary>
internal static class FormatRules
{
    /// <summary>Compares a file with its <c>compression</c>.</summary>
    /// <returns>The problem and the remedy; null if there is no mismatch.</returns>
    public static string? FileMismatch(ContentFormat format, string compression, string? type, UploadSource source) => format switch
    {
        ContentFormat.Form => "the body is a multipart form around the file: send the file itself (curl -T FILE)",
        // There is no compression value for zstd. Files that are not for ZFS may be stored with "none".
        ContentFormat.Zstd when compression == Compression.None && !ImageType.IsForZfs(type) => null,
        ContentFormat.Zstd => $"{Mismatch(format, compression)}: zstd cannot be installed, compress the file with gzip, bzip2 or xz instead",
        _ when Compression.ForFormat(format) is { } right && right != compression =>
            $"{Mismatch(format, compression)}: {(source == UploadSource.ImageServer ? "its manifest there is wrong" : $"send compression={right}")}",
        _ => null,
    };

    /// <summary>Compares an icon with its media type.</summary>
    /// <returns>The problem and the remedy; null if there is no mismatch.</returns>
    public static string? IconMismatch(ContentFormat format, string mediaType) => format switch
    {
        ContentFormat.Unknown => null,
        ContentFormat.Form => "the body is a multipart form around the icon: send the icon itself (curl -T FILE -H 'Content-Type: image/png')",
        _ when MediaTypeOf(format) is { } right => right == mediaType
            ? null
            : $"the icon is {format.Noun()}, not {mediaType} as its content type says: send Content-Type: {right}",
        _ => $"the icon is {format.Noun()}, not {mediaType} as its content type says",
    };

    private static string Mismatch(ContentFormat format, string compression) =>
        $"the file is {format.Noun()}, not \"{compression}\" as its compression says";

    private static string? MediaTypeOf(ContentFormat format) => format switch
    {
        ContentFormat.Png => "image/png",
        ContentFormat.Jpeg => "image/jpeg",
        ContentFormat.Gif => "image/gif",
        _ => null,
    };
}
