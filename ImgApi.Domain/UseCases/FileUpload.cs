namespace ImgApi.Domain.UseCases;

/// <summary>An image file that arrives (contract 5.10, 5.11).</summary>
/// <param name="Body">Read once.</param>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>; null to detect it from the first bytes.</param>
/// <param name="DatasetGuid">Recorded as given; null to take it from the stream.</param>
public sealed record FileUpload(
    Stream Body, long? Length, string? Compression, ContentClaims Claims, string? DatasetGuid, UploadSource Source = UploadSource.Client)
{
    /// <summary>Whether a file that no machine can install is accepted, regardless of the server's rules.</summary>
    public bool IsForced { get; init; }
}

/// <summary>Where a file comes from, which determines the messages of errors.</summary>
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
/// <param name="ContentType">One of <see cref="ImageIcon.ContentTypes"/>.</param>
public sealed record IconUpload(Stream Body, long? Length, string ContentType, ContentClaims Claims);

/// <summary>Expected properties of an upload, as far as known: lower-case hex SHA-1, Base64 MD5. If the bytes differ, it is refused.</summary>
/// <param name="Size">Size in bytes, apart from the length of the transfer.</param>
public sealed record ContentClaims(string? Sha1 = null, string? Md5 = null, long? Size = null)
{
    /// <summary>Whether the bytes come from this server's own store. Its content is copied without checking the format again.</summary>
    public bool AreStored { get; init; }

    public static ContentClaims None { get; } = new();
}
