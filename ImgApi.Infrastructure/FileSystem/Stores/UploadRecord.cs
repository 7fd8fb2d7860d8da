using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>What is stored about an upload besides its bytes.</summary>
/// <param name="Content">See <see cref="StoredUpload.Content"/>.</param>
/// <param name="FinishedAt">When its bytes became the image's file; null before that.</param>
/// <param name="UnverifiedFrom">The offset of bytes that do not count yet, see <see cref="IUploadWriter.BeginUnverifiedAsync"/>; null if all count.</param>
internal sealed record UploadRecord(PendingUpload Upload, ContentKey? Content = null, DateTimeOffset? FinishedAt = null, long? UnverifiedFrom = null);
