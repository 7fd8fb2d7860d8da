using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace ImgApi.Api.Hosting;

/// <summary>
/// Gives the web server memory in 64 KiB blocks. Its own pool has blocks of 4 KiB, which makes one system call per 4 KiB of
/// an upload; with these, receiving a large file is two to three times as fast.
/// </summary>
internal sealed class LargeBlockMemoryPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockMemoryPool();
}
