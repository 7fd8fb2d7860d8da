namespace ImgApi.Domain.Contents;

/// <summary>What the first bytes of a file showed when it arrived. It is stored with the image, since the bytes never change.</summary>
/// <param name="Format">The format of the file itself.</param>
/// <param name="Inside">
/// The format of the decompressed file, or <paramref name="Format"/> if it is not compressed; null if unknown.
/// </param>
/// <param name="IsDamaged">Whether a compressed file cannot be decompressed, or a ZFS stream ends within its first record.</param>
/// <param name="Stream">The header of the ZFS send stream; null if there is none, or if it is unknown.</param>
public sealed record InspectionResult(ContentFormat Format, ContentFormat? Inside = null, bool IsDamaged = false, ZfsStreamHead? Stream = null);
