using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>Looks at the first bytes of an arriving file once, and refuses what they suffice to refuse: the rest need not come.</summary>
/// <param name="upload">The file.</param>
/// <param name="compression">Its compression, as it was said or told by the bytes.</param>
/// <param name="image">The image as it is when the file begins to arrive; null if it is gone, which the store finds out.</param>
/// <param name="inspection">Knows formats.</param>
/// <param name="rules">The server's.</param>
internal sealed class FileLook(FileUpload upload, string compression, Image? image, ContentInspection inspection, ServerRules rules)
{
    private readonly bool _isForZfs = ImageType.IsForZfs(image?.Details.Type);

    private ContentSeen? _seen;

    /// <summary>As <see cref="ContentHead.Look"/>.</summary>
    /// <exception cref="ImgApiException"><c>Download</c>, <c>ContentCheckFailed</c>.</exception>
    public void Look(ReadOnlyMemory<byte> head, bool isWhole)
    {
        if (!upload.Claims.AreStored)
        {
            UploadRules.ForFile(rules.MaxFileSize, upload.Way).CheckFormat(
                FormatRules.ContradictionOfFile(ContentFormats.Of(head.Span), compression, image?.Details.Type, upload.Way));
        }

        if (rules.ContentCheck == ContentCheck.Off || head.IsEmpty)
        {
            return;
        }

        _seen = inspection.Look(head, isWhole, unpacks: _isForZfs);
        if (image is { Activated: false })
        {
            Check(image.AttachFile(FileOf(new ContentDigest(0, "", ""), null, default)));
        }
    }

    /// <summary>The file as the image has it.</summary>
    public ImageFile FileOf(ContentDigest digest, ContentKey? content, DateTimeOffset now) => new()
    {
        Sha1 = digest.Sha1,
        Size = digest.Size,
        Compression = compression,
        DatasetGuid = upload.DatasetGuid ?? (_isForZfs && _seen?.Stream is { HoldsSeveral: false } stream ? ContentFindings.GuidText(stream) : null),
        Md5 = digest.Md5,
        ModifiedAt = now,
        Content = content,
        Seen = _seen,
    };

    /// <summary>Refuses an image that has the file, and that could not be installed with it, where the server's rules say so.</summary>
    /// <exception cref="ImgApiException"><c>ContentCheckFailed</c>.</exception>
    public Image Check(Image withFile)
    {
        if (!upload.IsForced)
        {
            ContentFindings.EnsureNone(withFile, rules);
        }

        return withFile;
    }
}
