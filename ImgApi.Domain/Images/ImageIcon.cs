namespace ImgApi.Domain.Images;

/// <summary>The icon of an image. Its members mean the same as those of <see cref="ImageFile"/>. Both digests are null if trondn/imgapi stored it.</summary>
public sealed record ImageIcon
{
    /// <summary>The media types that an icon may have, in the order in which error messages name them (contract 5.12).</summary>
    public static IReadOnlyList<string> ContentTypes { get; } = ["image/jpeg", "image/gif", "image/png"];

    public required string ContentType { get; init; }
    public required long Size { get; init; }
    public string? Sha1 { get; init; }
    public string? Md5 { get; init; }
    public required DateTimeOffset ModifiedAt { get; init; }
    public required ContentKey Content { get; init; }
}
