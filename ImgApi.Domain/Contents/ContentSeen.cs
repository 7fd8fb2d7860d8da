namespace ImgApi.Domain.Contents;

/// <summary>What a file's first bytes were seen to be when it arrived. It is kept with the image, since the bytes never change.</summary>
/// <param name="Format">The format of the file itself.</param>
/// <param name="Inside">
/// The format of what the file unpacks to, or <paramref name="Format"/> if it is not packed; null if that cannot be told.
/// </param>
/// <param name="IsDamaged">Whether it begins as a packed file does, but cannot be unpacked, or ends before the first record of its ZFS stream does.</param>
/// <param name="Stream">What the ZFS send stream in it says; null if there is none, or if that cannot be told.</param>
public sealed record ContentSeen(ContentFormat Format, ContentFormat? Inside = null, bool IsDamaged = false, ZfsStreamHead? Stream = null);
