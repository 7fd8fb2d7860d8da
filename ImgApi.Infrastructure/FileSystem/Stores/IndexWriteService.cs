using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.Hosting;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>Has the index written once the server has started, so that no client waits for it, and no longer than the server runs.</summary>
internal sealed class IndexWriteService(IImageRepository images, ILogger<IndexWriteService> logger) : WorkAfterStart(logger)
{
    protected override Task WorkAsync(CancellationToken stopping)
    {
        (images as FileSystemImageRepository)?.IndexUpdate.Write(stopping);
        return Task.CompletedTask;
    }
}
