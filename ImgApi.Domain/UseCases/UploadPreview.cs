using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Inspects a file before it is sent, as a server with <see cref="ContentCheck.Refuse"/> does when it arrives. So a client refuses a file that
/// no machine can install before it sends a byte, with the server's messages.
/// </summary>
public sealed class UploadPreview(ContentInspector inspector)
{
    /// <summary>Maximum number of bytes that the inspection uses.</summary>
    public const int HeadLength = ContentHead.Limit;

    private static readonly ServerRules Rules = new(MaxFileSize: long.MaxValue) { ContentCheck = ContentCheck.Refuse };

    /// <param name="details">The manifest of the image that the file is for.</param>
    /// <param name="compression">One of <see cref="Compression.All"/>; null to detect it.</param>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or the whole file.</param>
    /// <param name="isWhole">Whether the file has no more bytes.</param>
    /// <param name="isForced">Whether a file that no machine can install is accepted.</param>
    /// <returns>The compression of the file.</returns>
    /// <exception cref="ImgApiException">As <see cref="ImageUploads.AddFileAsync"/>.</exception>
    public string Inspect(ImageDetails details, string? compression, ReadOnlyMemory<byte> head, bool isWhole, bool isForced)
    {
        var uploadRules = UploadRules.ForFile(Rules.MaxFileSize);
        uploadRules.CheckAnnounced(isWhole ? head.Length : null, ContentClaims.None);
        var actual = compression ?? uploadRules.DetectCompression(head.Span);
        uploadRules.CheckFormat(FormatRules.FileMismatch(ContentFormats.Detect(head.Span), actual, details.Type, UploadSource.Client));
        if (!isForced && !head.IsEmpty)
        {
            var inspection = inspector.Inspect(head, isWhole, unpacks: ImageType.IsForZfs(details.Type));
            var file = new ImageFile { Sha1 = "", Size = head.Length, Compression = actual, ModifiedAt = default, Inspection = inspection };
            ContentFindings.EnsureNone(Image.Create(Uuid.Zero, details).AttachFile(file), Rules);
        }

        return actual;
    }
}
