namespace ImgApi.Domain.UseCases;

/// <summary>A file or an icon as its image's manifest describes it. Its bytes are opened by <see cref="ImageReading.OpenAsync"/>.</summary>
/// <param name="Image">The image.</param>
/// <param name="Kind">File or icon.</param>
/// <param name="Key">Where the store keeps the bytes; null if the manifest names a file that is not there.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Etag">Identifies the content: its SHA-1 in lower-case hex.</param>
/// <param name="Md5">Base64 MD5; null if the content vanished before it could be computed.</param>
/// <param name="ModifiedAt">When the content arrived.</param>
/// <param name="ContentType">Media type.</param>
public sealed record StoredContent(
    Image Image, ContentKind Kind, ContentKey? Key, long Size, string? Etag, string? Md5, DateTimeOffset ModifiedAt, string ContentType);
