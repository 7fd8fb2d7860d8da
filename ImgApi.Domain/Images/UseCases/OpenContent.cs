namespace ImgApi.Domain.Images.UseCases;

/// <summary>Content that is ready to be sent. Whoever has it disposes <see cref="Reader"/>.</summary>
/// <param name="Image">The image as it was when the content was opened.</param>
/// <param name="Reader">The bytes.</param>
/// <param name="Etag">What the content is told apart by: its SHA-1 in lower-case hex.</param>
/// <param name="Md5">Base64 MD5; null if the content vanished before it could be computed.</param>
/// <param name="ModifiedAt">When the content arrived.</param>
/// <param name="ContentType">Media type.</param>
public sealed record OpenContent(
    Image Image, IContentReader Reader, string Etag, string? Md5, DateTimeOffset ModifiedAt, string ContentType);
