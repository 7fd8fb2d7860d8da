using System.Buffers;
using ImgApi.Domain.Contents;
using ImgApi.Domain.UseCases;

namespace ImgApi.Domain.Uploads;

/// <summary>Inspects the first bytes of an upload as those of any image file.</summary>
internal sealed class UploadHead(IImageRepository images, IUploadStore store, ContentInspector inspector, ServerRules rules)
{
    public UploadRules RulesOf(PendingUpload upload) => UploadRules.ForFile(rules.MaxFileSize, upload.File.Source) with { Md5Name = "md5" };

    /// <summary>Refuses bytes that could not become the image's file. The first MiB, or the whole upload, must have arrived.</summary>
    /// <returns>The compression of the file, and the inspection, which can describe the file.</returns>
    public async Task<(string Compression, UploadInspection Inspection)> InspectAsync(PendingUpload upload, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ContentHead.Limit);
        try
        {
            var head = await ReadHeadAsync(upload, buffer.AsMemory(0, ContentHead.Limit), cancellation);
            var compression = upload.File.Compression ?? RulesOf(upload).DetectCompression(head.Span);
            var image = await images.FindAsync(upload.Image, cancellation);
            var inspection = new UploadInspection(upload.File, compression, image, inspector, rules);
            inspection.InspectHead(head, isWhole: head.Length == upload.Length);
            return (compression, inspection);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadHeadAsync(PendingUpload upload, Memory<byte> buffer, CancellationToken cancellation)
    {
        using var reader = await store.OpenAsync(upload.Id, cancellation) ?? throw ImgApiException.NotFound($"upload {upload.Id} not found");
        var filled = 0;
        while (filled < buffer.Length && await reader.ReadAsync(buffer[filled..], filled, cancellation) is var count and > 0)
        {
            filled += count;
        }

        return buffer[..filled];
    }
}
