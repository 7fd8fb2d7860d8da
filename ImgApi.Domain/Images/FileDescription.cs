namespace ImgApi.Domain.Images;

/// <summary>What the sender of an image file says about it (contract 5.10, 5.11).</summary>
/// <param name="Compression">One of <see cref="Images.Compression.All"/>; null to detect it from the first bytes.</param>
/// <param name="DatasetGuid">Recorded as given; null to take it from the stream.</param>
public sealed record FileDescription(
    string? Compression, ContentClaims Claims, string? DatasetGuid, UploadSource Source = UploadSource.Client)
{
    /// <summary>Whether a file that no machine can install is accepted, regardless of the server's rules.</summary>
    public bool IsForced { get; init; }
}
