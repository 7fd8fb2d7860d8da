using System.Globalization;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Quotas;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Uploads;

/// <summary>Creates uploads within the limits.</summary>
internal sealed class UploadAdmission(
    IImageRepository images, IUploadStore store, UploadRegister register, StorageQuota quota, ServerRules rules, UploadLimits limits,
    IAuditLog audit, TimeProvider clock)
    : IDisposable
{
    // Two requests at once must not both get the last place.
    private readonly SemaphoreSlim _admitting = new(1);

    public async Task<PendingUpload> AdmitAsync(
        Uuid uuid, long length, FileDescription file, string? metadata, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await images.GetAsync(uuid, cancellation);
        guard(image);
        image.EnsureFileMutable();
        UploadRules.ForFile(rules.MaxFileSize, file.Source).CheckAnnounced(length, file.Claims);
        var upload = new PendingUpload(Uuid.New(), uuid, length, file, clock.GetUtcNow())
        {
            FormerFile = image.File?.Content,
            Metadata = metadata,
        };
        await _admitting.WaitAsync(cancellation);
        try
        {
            await EnsurePlaceAsync(uuid, cancellation);
            // Until the store lists the upload.
            using var share = await quota.ReserveAsync(uuid, length, cancellation);
            await AuditedAction.RunAsync(audit, EventOf(upload), () => store.CreateAsync(upload, cancellation));
            return upload;
        }
        finally
        {
            _admitting.Release();
        }
    }

    public void Dispose() => _admitting.Dispose();

    /// <summary>Tells later who reserved the room of an upload, which counts with its whole length.</summary>
    private static AuditEvent EventOf(PendingUpload upload) => AuditEvent.By(Cause.Current) with
    {
        Image = upload.Image,
        Subject = upload.Id.ToString(),
        Changed = FieldChange.Of(("length", null, upload.Length.ToString(CultureInfo.InvariantCulture))),
    };

    private async Task EnsurePlaceAsync(Uuid image, CancellationToken cancellation)
    {
        var unfinished = await register.ListUnfinishedAsync(cancellation);
        var ofImage = unfinished.Count(stored => stored.Upload.Image == image);
        if (ofImage >= limits.PerImage)
        {
            throw new ImgApiException(ErrorCode.TooManyUploads, $"image {image} has {ofImage} unfinished uploads, which is the maximum: continue or delete one");
        }

        if (unfinished.Count >= limits.Total)
        {
            throw new ImgApiException(ErrorCode.TooManyUploads, $"the server has {unfinished.Count} unfinished uploads, which is the maximum");
        }
    }
}
