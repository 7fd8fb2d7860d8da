using ImgApi.Domain.Contents;

namespace ImgApi.Domain.Images;

/// <summary>The file of an image: <c>files[0]</c> of its manifest, and the place of the bytes.</summary>
public sealed record ImageFile
{
    /// <summary>Lower-case hex SHA-1 of the bytes as stored.</summary>
    public required string Sha1 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>One of <see cref="Images.Compression.All"/>, as given by the uploader or detected from the first bytes.</summary>
    public required string Compression { get; init; }

    /// <summary>The GUID of the ZFS snapshot: as given, or else from the stream; null if unknown.</summary>
    public string? DatasetGuid { get; init; }

    /// <summary>Base64 MD5 of the bytes; null if trondn/imgapi stored them.</summary>
    public string? Md5 { get; init; }

    /// <summary>When the content arrived; the <c>Last-Modified</c> of downloads.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    // Digests of a docker layer: stored, never shown (contract 0.2).
    public string? Digest { get; init; }
    public string? UncompressedDigest { get; init; }

    /// <summary>The key of the bytes, which may have been lost. Null for a file that was never stored.</summary>
    public ContentKey? Content { get; init; }

    /// <summary>The inspection of its first bytes at arrival; null if there was none. Never shown.</summary>
    public InspectionResult? Inspection { get; init; }
}
