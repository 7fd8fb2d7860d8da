namespace ImgApi.Domain.UseCases;

/// <summary>An image file on its way in (contract 5.10, 5.11).</summary>
/// <param name="Body">The bytes; read once, to the end.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>; null if the first bytes are to tell it.</param>
/// <param name="Claims">What the bytes must be.</param>
/// <param name="DatasetGuid">Recorded as given; null if the stream is to tell it.</param>
/// <param name="Way">How it comes, which decides the words of refusals.</param>
public sealed record FileUpload(
    Stream Body, long? Length, string? Compression, ContentClaims Claims, string? DatasetGuid, FileWay Way = FileWay.Upload)
{
    /// <summary>Whether it is taken even if the server's rules refuse what no machine can install.</summary>
    public bool IsForced { get; init; }
}

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
