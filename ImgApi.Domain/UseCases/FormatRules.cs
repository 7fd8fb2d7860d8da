using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Bytes of one known format that are declared as another: a machine that believes the declaration cannot use them. Bytes of
/// no known format contradict nothing.
/// </summary>
internal static class FormatRules
{
    /// <summary>Compares a file with its <c>compression</c>.</summary>
    /// <param name="format">The format of the file.</param>
    /// <param name="compression">One of <see cref="Compression.All"/>.</param>
    /// <param name="type">The image's type, see <see cref="ImageType"/>; null if it has none.</param>
    /// <param name="way">How the file comes, which decides the advice.</param>
    /// <returns>What was seen and what to do; null if there is no contradiction.</returns>
    public static string? ContradictionOfFile(ContentFormat format, string compression, string? type, FileWay way) => format switch
    {
        ContentFormat.Form => "the body is a multipart form around the file: send the file itself (curl -T FILE)",
        // No compression stands for zstd. What is not for ZFS may be stored as it is.
        ContentFormat.Zstd when compression == Compression.None && !ImageType.IsForZfs(type) => null,
        ContentFormat.Zstd => $"{Seen(format, compression)}: zstd cannot be installed, compress the file with gzip, bzip2 or xz instead",
        _ when Compression.Of(format) is { } right && right != compression =>
            $"{Seen(format, compression)}: {(way == FileWay.Source ? "its manifest there is wrong" : $"send compression={right}")}",
        _ => null,
    };

    /// <summary>Compares an icon with its media type.</summary>
    /// <returns>What was seen and what to do; null if there is no contradiction.</returns>
    public static string? ContradictionOfIcon(ContentFormat format, string mediaType) => format switch
    {
        ContentFormat.Unknown => null,
        ContentFormat.Form => "the body is a multipart form around the icon: send the icon itself (curl -T FILE -H 'Content-Type: image/png')",
        _ when MediaTypeOf(format) is { } right => right == mediaType
            ? null
            : $"the icon is {format.Noun()}, not {mediaType} as its content type says: send Content-Type: {right}",
        _ => $"the icon is {format.Noun()}, not {mediaType} as its content type says",
    };

    private static string Seen(ContentFormat format, string compression) =>
        $"the file is {format.Noun()}, not \"{compression}\" as its compression says";

    private static string? MediaTypeOf(ContentFormat format) => format switch
    {
        ContentFormat.Png => "image/png",
        ContentFormat.Jpeg => "image/jpeg",
        ContentFormat.Gif => "image/gif",
        _ => null,
    };
}
