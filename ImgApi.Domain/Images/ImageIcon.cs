namespace ImgApi.Domain.Images;

/// <summary>The icon of an image.</summary>
public sealed record ImageIcon
{
    /// <summary>The media types that an icon may have, in the order in which error messages name them (contract 5.12).</summary>
    public static IReadOnlyList<string> ContentTypes { get; } = ["image/jpeg", "image/gif", "image/png"];

    /// <summary>One of <see cref="ContentTypes"/>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hex SHA-1; null if trondn/imgapi stored the icon.</summary>
    public string? Sha1 { get; init; }

    /// <summary>Base64 MD5; null if trondn/imgapi stored the icon.</summary>
    public string? Md5 { get; init; }

    /// <summary>When the icon arrived.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The key of the bytes, which may have been lost.</summary>
    public required ContentKey Content { get; init; }
}
