namespace ImgApi.Domain.UseCases;

/// <summary>An image file that arrives (contract 5.10, 5.11).</summary>
/// <param name="Body">The bytes, which are read once.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>; null to detect it from the first bytes.</param>
/// <param name="Claims">Expected properties of the bytes.</param>
/// <param name="DatasetGuid">Recorded as given; null to take it from the stream.</param>
/// <param name="Source">Where it comes from, which determines the messages of errors.</param>
public sealed record FileUpload(
    Stream Body, long? Length, string? Compression, ContentClaims Claims, string? DatasetGuid, UploadSource Source = UploadSource.Client)
{
    /// <summary>Whether a file that no machine can install is accepted, regardless of the server's rules.</summary>
    public bool IsForced { get; init; }
}

/// <summary>Where a file comes from.</summary>
public enum UploadSource
{
    /// <summary>The caller (contract 5.10, form A).</summary>
    Client,

    /// <summary>Another image server (form B). Nothing is read beyond the announced size.</summary>
    ImageServer,

    /// <summary>A URL (contract 5.11).</summary>
    Url,
}

/// <summary>An icon that arrives (contract 5.12).</summary>
/// <param name="Body">The bytes, which are read once.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="ContentType">One of <see cref="ImageIcon.ContentTypes"/>.</param>
/// <param name="Claims">Expected properties of the bytes.</param>
public sealed record IconUpload(Stream Body, long? Length, string ContentType, ContentClaims Claims);

/// <summary>Expected properties of an upload. If the bytes do not match, it is refused.</summary>
/// <param name="Sha1">Lower-case hex SHA-1; null if not given.</param>
/// <param name="Md5">Base64 MD5; null if not given.</param>
/// <param name="Size">Size in bytes, apart from the length of the transfer; null if not given.</param>
public sealed record ContentClaims(string? Sha1 = null, string? Md5 = null, long? Size = null)
{
    /// <summary>Whether the bytes come from this server's own store. Its content is copied without checking the format again.</summary>
    public bool AreStored { get; init; }

    /// <summary>Nothing is expected.</summary>
    public static ContentClaims None { get; } = new();
}
