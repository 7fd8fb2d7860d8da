using System.Security.Cryptography;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// The file of the index: a header, then chunks. Before a chunk stand its length (32 bits, little-endian) and its SHA-256, so
/// that nothing has to be flushed.
/// </summary>
internal static class IndexFormat
{
    /// <summary>Bytes after which a chunk is closed.</summary>
    public const int UsualChunk = 256 * 1024;

    /// <summary>Bytes of a chunk that is believed to be one. What is larger, with a huge manifest in it, is not written.</summary>
    public const int MaxChunk = 16 * 1024 * 1024;

    /// <summary>Bytes before a chunk.</summary>
    public const int FrameLength = sizeof(int) + SHA256.HashSizeInBytes;

    /// <summary>Says what the file is, and which build of which program wrote it: no other one knows how manifests were understood.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = (byte[])
    [
        .. "imgapi index 2\n"u8,
        .. typeof(IndexFormat).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
        .. typeof(Image).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
    ];
}
