using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>Describes a declared format that differs from the bytes, so that no client could use them; null if it fits or is unknown.</summary>
internal static class FormatRules
{
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

    public static string? IconMismatch(ContentFormat format, string mediaType) => format switch
    {
        ContentFormat.Unknown => null,
        ContentFormat.Form => "the body is a multipart form around the icon: send the icon itself (curl -T FILE -H 'Content-Type: image/png')",
        _ when MediaTypeOf(format) == mediaType => null,
        _ => $"the icon is {format.Noun()}, not {mediaType} as its content type says"
            + (MediaTypeOf(format) is { } right ? $": send Content-Type: {right}" : ""),
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
