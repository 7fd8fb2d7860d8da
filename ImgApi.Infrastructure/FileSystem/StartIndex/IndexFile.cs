using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>
/// The index file: a header, then chunks. Each chunk is preceded by its length (32 bits, little-endian) and its SHA-256, which makes flushing
/// unnecessary.
/// </summary>
internal static class IndexFile
{
    /// <summary>Number of bytes before a chunk.</summary>
    public const int FrameLength = sizeof(int) + SHA256.HashSizeInBytes;

    // Bytes at which a chunk ends.
    private const int ChunkSize = 256 * 1024;

    /// <summary>Identifies the format and the build that wrote the file, since another build may read manifests differently.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = (byte[])
    [
        .. "imgapi index 3\n"u8,
        .. typeof(IndexFile).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
        .. typeof(Image).Assembly.ManifestModule.ModuleVersionId.ToByteArray(),
    ];

    /// <summary>The chunks with their frames; none if another build wrote the file. An invalid length gives an empty last chunk.</summary>
    public static List<ArraySegment<byte>> Chunks(string path)
    {
        var file = File.ReadAllBytes(path);
        var chunks = new List<ArraySegment<byte>>();
        var start = file.AsSpan().StartsWith(Header.Span) ? Header.Length : file.Length;
        while (start < file.Length)
        {
            var isValid = BinaryPrimitives.TryReadInt32LittleEndian(file.AsSpan(start), out var length)
                && length >= 0 && length <= file.Length - start - FrameLength;
            chunks.Add(new ArraySegment<byte>(file, start, isValid ? FrameLength + length : 0));
            start = isValid ? start + FrameLength + length : file.Length;
        }

        return chunks;
    }

    /// <summary>The entries of a chunk; null if it is damaged.</summary>
    public static List<IndexEntry>? Entries(ArraySegment<byte> framed)
    {
        if (framed.Count < FrameLength || !SHA256.HashData(framed[FrameLength..]).AsSpan().SequenceEqual(framed[sizeof(int)..FrameLength]))
        {
            return null;
        }

        try
        {
            return IndexEntry.ReadAll(framed[FrameLength..]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidDataException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file. If that fails or is canceled, the old file stays.</summary>
    public static void Write(string root, IEnumerable<IndexEntry> entries, CancellationToken cancellation) =>
        DurableFile.Replace(root, FileNames.Index, file =>
        {
            file.Write(Header.Span);
            using var chunk = new ChunkWriter();
            foreach (var entry in entries)
            {
                entry.Write(chunk);
                if (chunk.Bytes.Length >= ChunkSize)
                {
                    cancellation.ThrowIfCancellationRequested();
                    WriteChunk(file, chunk);
                }
            }

            WriteChunk(file, chunk);
        });

    private static void WriteChunk(FileStream file, ChunkWriter chunk)
    {
        if (chunk.Bytes.IsEmpty)
        {
            return;
        }

        Span<byte> frame = stackalloc byte[FrameLength];
        BinaryPrimitives.WriteInt32LittleEndian(frame, chunk.Bytes.Length);
        SHA256.HashData(chunk.Bytes, frame[sizeof(int)..]);
        file.Write(frame);
        file.Write(chunk.Bytes);
        chunk.Clear();
    }
}
