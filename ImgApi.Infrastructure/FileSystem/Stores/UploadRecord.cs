using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>What is stored about an upload besides its bytes.</summary>
/// <param name="Content">See <see cref="StoredUpload.Content"/>.</param>
/// <param name="FinishedAt">When its bytes became the image's file; null before that.</param>
internal sealed record UploadRecord(PendingUpload Upload, ContentKey? Content = null, DateTimeOffset? FinishedAt = null);
