using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Hosting;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Writes the index after the start, so that no client waits for it. Stops with the server.</summary>
internal sealed class IndexWriteService(IImageRepository images, ILogger<IndexWriteService> logger) : WorkAfterStart(logger)
{
    protected override Task WorkAsync(CancellationToken stopping)
    {
        (images as FileSystemImageRepository)?.IndexUpdate.Write(stopping);
        return Task.CompletedTask;
    }
}
