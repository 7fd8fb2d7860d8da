using ImgApi.Domain.Contents;

namespace ImgApi.Domain.Images;

/// <summary>The file of an image: what <c>files[0]</c> of its manifest says, and where the bytes are.</summary>
public sealed record ImageFile
{
    /// <summary>Lower-case hex SHA-1 of the bytes as stored.</summary>
    public required string Sha1 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>One of <see cref="Images.Compression.All"/>, as the uploader said or as the first bytes told.</summary>
    public required string Compression { get; init; }

    /// <summary>The GUID of the ZFS snapshot: as given, else as the stream says; null if neither says it.</summary>
    public string? DatasetGuid { get; init; }

    /// <summary>Base64 MD5 of the bytes; null for content that another server stored without saying it.</summary>
    public string? Md5 { get; init; }

    /// <summary>When the content arrived; the <c>Last-Modified</c> of downloads.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Digest of a docker layer: stored, never shown (contract 0.2).</summary>
    public string? Digest { get; init; }

    /// <summary>Digest of the uncompressed docker layer: stored, never shown.</summary>
    public string? UncompressedDigest { get; init; }

    /// <summary>Where the bytes are, or should be: they may have been lost. Null for a file that no store has seen.</summary>
    public ContentKey? Content { get; init; }

    /// <summary>What its first bytes were when it arrived; null if nobody looked. Never shown.</summary>
    public ContentSeen? Seen { get; init; }
}
