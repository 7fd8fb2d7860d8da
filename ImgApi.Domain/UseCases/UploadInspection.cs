using ImgApi.Domain.Contents;

namespace ImgApi.Domain.UseCases;

/// <summary>Inspects the first bytes of an arriving file once, and refuses it as early as possible.</summary>
/// <param name="image">The image when the file starts to arrive; null if it was removed, which the store reports.</param>
internal sealed class UploadInspection(FileDescription file, string compression, Image? image, ContentInspector inspector, ServerRules rules)
{
    private readonly bool _isForZfs = ImageType.IsForZfs(image?.Details.Type);

    private InspectionResult? _result;

    public void InspectHead(ReadOnlyMemory<byte> head, bool isWhole)
    {
        UploadRules.ForFile(rules.MaxFileSize, file.Source).CheckFormat(file.Claims.AreStored
            ? null
            : FormatRules.FileMismatch(ContentFormats.Detect(head.Span), compression, image?.Details.Type, file.Source));
        if (rules.ContentCheck == ContentCheck.Off || head.IsEmpty)
        {
            return;
        }

        _result = inspector.Inspect(head, isWhole, unpacks: _isForZfs);
        if (image is { Activated: false })
        {
            // The digest does not matter for the check, and is not known yet.
            EnsureInstallable(image.AttachFile(ToFile(new ContentDigest(0, "", ""), null, default)));
        }
    }

    public ImageFile ToFile(ContentDigest digest, ContentKey? content, DateTimeOffset now) => new()
    {
        Sha1 = digest.Sha1,
        Size = digest.Size,
        Compression = compression,
        DatasetGuid = file.DatasetGuid
            ?? (_isForZfs && _result?.Stream is { HoldsSeveral: false } stream ? ContentFindings.GuidText(stream) : null),
        Md5 = digest.Md5,
        ModifiedAt = now,
        Content = content,
        Inspection = _result,
    };

    /// <summary>Refuses an image that no machine can install with this file, unless the server's rules or the sender allow it.</summary>
    public Image EnsureInstallable(Image withFile)
    {
        if (!file.IsForced)
        {
            ContentFindings.EnsureNone(withFile, rules);
        }

        return withFile;
    }
}
