using System.Buffers;
using Microsoft.AspNetCore.Connections;
#pragma warning disable
namespace ImgApi.Api.Hosting; public class LargeBlockMemoryPoolFactory : IMemoryPoolFactory<byte> { public MemoryPool<byte> Create(MemoryPoolOptions? o = null) => MemoryPool<byte>.Shared; }
