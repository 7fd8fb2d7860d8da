namespace ImgApi.Domain.Uploads;

/// <summary>How far an upload is.</summary>
/// <param name="ExpiresAt">When it will be removed, unless more bytes arrive.</param>
/// <param name="Committed">The image with the file, if this call has committed it.</param>
public sealed record UploadProgress(PendingUpload Upload, long Offset, DateTimeOffset ExpiresAt, Image? Committed = null);
