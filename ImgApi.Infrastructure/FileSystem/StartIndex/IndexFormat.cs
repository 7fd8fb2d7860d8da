using System.Security.Cryptography;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// The format of the index file: a header, then chunks. Each chunk is preceded by its length (32 bits, little-endian) and its SHA-256, which
/// makes flushing unnecessary.
/// </summary>
internal static class IndexFormat
{
    /// <summary>Size in bytes at which a chunk ends.</summary>
    public const int ChunkSize = 256 * 1024;

    /// <summary>Maximum size of a chunk in bytes. A larger one, with a huge manifest, is not written.</summary>
    public const int MaxChunkSize = 16 * 1024 * 1024;

    /// <summary>Number of bytes before a chunk.</summary>
    public const int FrameLength = sizeof(int) + SHA256.HashSizeInBytes;

    /// <summary>Identifies the format and the build that wrote the file, since another build may read manifests differently.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = (byte[])
    [
        .. "imgapi index 2\n"u8,
        .. typeof(IndexFormat).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
        .. typeof(Image).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
    ];
}
