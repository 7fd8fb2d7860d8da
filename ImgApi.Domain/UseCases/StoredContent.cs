namespace ImgApi.Domain.UseCases;

/// <summary>A file or icon as described in a manifest. <see cref="ImageReading.OpenAsync"/> opens the bytes.</summary>
/// <param name="Key">Null for a file that was never stored.</param>
/// <param name="Etag">The SHA-1 in lower-case hex.</param>
/// <param name="Md5">Base64 MD5; null if the content disappeared before it could be computed.</param>
public sealed record StoredContent(
    Image Image, ContentKind Kind, ContentKey? Key, long Size, string? Etag, string? Md5, DateTimeOffset ModifiedAt, string ContentType);
