using ImgApi.Api.Integrity;
using ImgApi.Api.Manifests;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;
using ImgApi.Infrastructure;

namespace ImgApi.Api.Hosting;

/// <summary>Makes what a start did not wait for, so that the first requests need not wait for it either.</summary>
internal sealed class WarmUp(Lazy<ImageTexts> texts, Lazy<ServerMetrics> metrics, IServiceProvider services, ILogger<WarmUp> logger)
    : WorkAfterStart(logger)
{
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken stopping)
    {
        _ = texts.Value.Of(Image.Create(Uuid.Zero, new ImageDetails()), ManifestForm.Plain);
        _ = metrics.Value;
        _ = services.GetRequiredService<ManifestIntake>();
        return Task.CompletedTask;
    }
}
