namespace ImgApi.Domain.UseCases;

/// <summary>An icon on its way in (contract 5.12).</summary>
/// <param name="Body">The bytes; read once, to the end.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="ContentType">One of <see cref="ImageIcon.ContentTypes"/>.</param>
/// <param name="Claims">What the bytes must be.</param>
public sealed record IconUpload(Stream Body, long? Length, string ContentType, ContentClaims Claims);
