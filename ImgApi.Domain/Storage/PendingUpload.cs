namespace ImgApi.Domain.Storage;

/// <summary>An image file that arrives in several transfers, as its creation described it.</summary>
/// <param name="Length">Bytes of the whole file.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record PendingUpload(Uuid Id, Uuid Image, long Length, FileDescription File, DateTimeOffset CreatedAt)
{
    /// <summary>The file that the image had at the creation, if any. The upload may replace that one only.</summary>
    public ContentKey? FormerFile { get; init; }

    /// <summary>The client's own text about the upload, which is returned to it unchanged; null for none.</summary>
    public string? Metadata { get; init; }
}

/// <param name="Offset">Number of bytes that have arrived.</param>
/// <param name="LastActivityAt">When bytes last arrived, or else the time of the creation.</param>
/// <param name="Content">The key of the last commit; the image may name other content. Null before the first.</param>
/// <param name="IsFinished">Whether its bytes have become the image's file. The upload itself has no bytes any more.</param>
public sealed record StoredUpload(PendingUpload Upload, long Offset, DateTimeOffset LastActivityAt, ContentKey? Content, bool IsFinished)
{
    public bool IsComplete => Offset == Upload.Length;
}
