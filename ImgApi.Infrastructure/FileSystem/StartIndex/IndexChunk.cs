using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>A chunk of the index.</summary>
/// <param name="buffer">The digest followed by the chunk, in an array of the shared pool.</param>
/// <param name="length">Length of both in bytes.</param>
/// <param name="number">Position in the file.</param>
internal sealed class IndexChunk(byte[] buffer, int length, int number) : IDisposable
{
    public int Number => number;

    /// <summary>The entries; null if the chunk is damaged.</summary>
    public List<IndexEntry>? Entries()
    {
        var digest = buffer.AsSpan(0, SHA256.HashSizeInBytes);
        var chunk = buffer.AsSpan(SHA256.HashSizeInBytes, length - SHA256.HashSizeInBytes);
        try
        {
            return SHA256.HashData(chunk).AsSpan().SequenceEqual(digest) ? EntryCodec.ReadAll(chunk) : null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
