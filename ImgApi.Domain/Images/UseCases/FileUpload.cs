namespace ImgApi.Domain.Images.UseCases;

/// <summary>An image file on its way in (contract 5.10, 5.11).</summary>
/// <param name="Body">The bytes; read once, to the end.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>.</param>
/// <param name="Sha1">The lower-case hex SHA-1 that the bytes must have; null for any.</param>
/// <param name="DatasetGuid">Recorded as given.</param>
/// <param name="Way">How it comes, which decides the words of refusals.</param>
public sealed record FileUpload(
    Stream Body, long? Length, string Compression, string? Sha1, string? DatasetGuid, FileWay Way = FileWay.Upload);

/// <summary>The ways in which a file can come.</summary>
public enum FileWay
{
    /// <summary>The caller sends it (contract 5.10, form A).</summary>
    Upload,

    /// <summary>From another image server (form B). It ends at the announced size at the latest.</summary>
    Source,

    /// <summary>From a URL (contract 5.11).</summary>
    Url,
}
