namespace ImgApi.Domain.Images.UseCases;

/// <summary>An image file on its way in (contract 5.10, form A).</summary>
/// <param name="Body">The bytes; read once, to the end.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>.</param>
/// <param name="Sha1">The lower-case hex SHA-1 that the bytes must have; null for any.</param>
/// <param name="DatasetGuid">Recorded as given.</param>
public sealed record FileUpload(Stream Body, long? Length, string Compression, string? Sha1, string? DatasetGuid);
