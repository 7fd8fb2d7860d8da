namespace ImgApi.Domain.Uploads;

/// <summary>A part of a file that arrives.</summary>
/// <param name="Length">The announced size in bytes; null if it was not announced.</param>
/// <param name="Offset">Where the client believes that the part begins.</param>
/// <param name="Sha1">SHA-1 that the part must have, in lower-case hex; null for no check.</param>
public sealed record UploadPart(Stream Body, long? Length, long Offset, string? Sha1 = null);

/// <summary>How far an upload is.</summary>
/// <param name="ExpiresAt">When it will be removed, unless more bytes arrive.</param>
/// <param name="Committed">The image with the file, if this call has committed it.</param>
public sealed record UploadProgress(PendingUpload Upload, long Offset, DateTimeOffset ExpiresAt, Image? Committed = null);
