namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>
/// What this server worked out about an image of another server, in a file of its own so that the other's manifest stays
/// as it is.
/// </summary>
internal sealed record ImageFacts
{
    public static ImageFacts None { get; } = new();

    /// <summary>Stands in for a <c>published_at</c> that the manifest lacks.</summary>
    public string? PublishedAt { get; init; }

    public IReadOnlyList<ContentFact> Contents { get; init; } = [];
}

/// <summary>The MD5 of a content, valid as long as size and time of the file are those.</summary>
internal sealed record ContentFact(string Name, long Size, string Modified, string Md5);
