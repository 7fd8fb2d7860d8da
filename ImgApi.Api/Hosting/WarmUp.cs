using ImgApi.Api.Integrity;
using ImgApi.Api.Manifests;
using ImgApi.Api.Mapping;
using ImgApi.Domain.Images;

namespace ImgApi.Api.Hosting;

/// <summary>Makes what a start did not wait for, so that the first requests need not wait for it either.</summary>
internal sealed partial class WarmUp(Lazy<ImageTexts> texts, Lazy<ServerMetrics> metrics, IServiceProvider services, ILogger<WarmUp> logger)
    : WorkAfterStart
{
    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken stop)
    {
        try
        {
            _ = texts.Value.Of(Image.Create(Uuid.Zero, new ImageDetails()), ManifestForm.Plain);
            _ = metrics.Value;
            _ = services.GetRequiredService<ManifestIntake>();
        }
        catch (Exception fault)
        {
            // The requests that need it will say so; the others do not.
            LogFailed(fault);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a part of the server could not be made")]
    private partial void LogFailed(Exception fault);
}
