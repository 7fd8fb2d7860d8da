namespace ImgApi.Domain.Images;

/// <summary>Expected properties of an upload, as far as known: lower-case hex SHA-1, Base64 MD5. If the bytes differ, it is refused.</summary>
/// <param name="Size">Size in bytes, apart from the length of the transfer.</param>
public sealed record ContentClaims(string? Sha1 = null, string? Md5 = null, long? Size = null)
{
    /// <summary>Whether the bytes come from this server's own store. Its content is copied without checking the format again.</summary>
    public bool AreStored { get; init; }

    public static ContentClaims None { get; } = new();
}
