using System.Text.Json;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>An upload as it is stored, beside its bytes.</summary>
internal sealed record UploadDocument(
    string Image,
    long Length,
    DateTimeOffset CreatedAt,
    string? Compression,
    string? Sha1,
    string? Md5,
    long? Size,
    string? DatasetGuid,
    bool IsForced,
    string? FormerFile,
    string? Metadata,
    string? Content,
    DateTimeOffset? FinishedAt,
    long? UnverifiedFrom)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static byte[] Write(UploadRecord record)
    {
        var (upload, claims) = (record.Upload, record.Upload.File.Claims);
        return JsonSerializer.SerializeToUtf8Bytes(
            new UploadDocument(
                upload.Image.ToString(), upload.Length, upload.CreatedAt, upload.File.Compression, claims.Sha1, claims.Md5, claims.Size,
                upload.File.DatasetGuid, upload.File.IsForced, upload.FormerFile?.Value, upload.Metadata, record.Content?.Value, record.FinishedAt,
                record.UnverifiedFrom),
            Json);
    }

    /// <exception cref="FormatException">The text is not an upload.</exception>
    public static UploadRecord Read(Uuid id, byte[] text)
    {
        try
        {
            return JsonSerializer.Deserialize<UploadDocument>(text, Json)?.ToRecord(id) ?? throw new FormatException("it contains null");
        }
        catch (JsonException e)
        {
            throw new FormatException("it is not JSON, or lacks members of an upload", e);
        }
    }

    private UploadRecord ToRecord(Uuid id)
    {
        // A missing member has the default value of its type.
        if (!Uuid.TryParse(Image, out var image) || Length <= 0 || CreatedAt == default)
        {
            throw new FormatException("it has no usable image, length or creation time");
        }

        var file = new FileDescription(Compression, new ContentClaims(Sha1, Md5, Size), DatasetGuid) { IsForced = IsForced };
        var upload = new PendingUpload(id, image, Length, file, CreatedAt) { FormerFile = KeyOf(FormerFile), Metadata = Metadata };
        return new UploadRecord(upload, KeyOf(Content), FinishedAt, UnverifiedFrom);
    }

    private static ContentKey? KeyOf(string? name) => name is null ? null : new ContentKey(name);
}
