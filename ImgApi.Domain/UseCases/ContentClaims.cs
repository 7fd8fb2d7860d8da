namespace ImgApi.Domain.UseCases;

/// <summary>What is said about a content beside its bytes. The upload is refused if the bytes turn out otherwise.</summary>
/// <param name="Sha1">Lower-case hex SHA-1; null if it was not said.</param>
/// <param name="Md5">Base64 MD5; null if it was not said.</param>
/// <param name="Size">Bytes, other than by a length of the transfer; null if it was not said.</param>
public sealed record ContentClaims(string? Sha1 = null, string? Md5 = null, long? Size = null)
{
    /// <summary>Whether the bytes come out of this server's own store. What it took in earlier is copied whatever its format is.</summary>
    public bool AreStored { get; init; }

    /// <summary>Nothing was said.</summary>
    public static ContentClaims None { get; } = new();
}
