namespace ImgApi.Domain.Uploads;

/// <summary>A part of a file that arrives.</summary>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Offset">Where the client believes that the part begins.</param>
/// <param name="Sha1">SHA-1 that the part must have, in lower-case hex; null for no check.</param>
public sealed record UploadPart(Stream Body, long? Length, long Offset, string? Sha1 = null);
