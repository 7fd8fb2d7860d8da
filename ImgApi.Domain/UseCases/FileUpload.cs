namespace ImgApi.Domain.UseCases;

/// <summary>An image file that arrives in one transfer.</summary>
/// <param name="Body">Read once.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
public sealed record FileUpload(Stream Body, long? Length, FileDescription Description);

/// <summary>An icon that arrives (contract 5.12).</summary>
/// <param name="ContentType">One of <see cref="ImageIcon.ContentTypes"/>.</param>
public sealed record IconUpload(Stream Body, long? Length, string ContentType, ContentClaims Claims);
