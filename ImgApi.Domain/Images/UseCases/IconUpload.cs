namespace ImgApi.Domain.Images.UseCases;

/// <summary>An icon on its way in (contract 5.12).</summary>
/// <param name="Body">The bytes; read once, to the end.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="ContentType">One of <see cref="ImageIcon.ContentTypes"/>.</param>
/// <param name="Sha1">The lower-case hex SHA-1 that the bytes must have; null for any.</param>
public sealed record IconUpload(Stream Body, long? Length, string ContentType, string? Sha1);
