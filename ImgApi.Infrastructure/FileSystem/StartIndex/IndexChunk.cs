using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>A chunk of the index as it was read.</summary>
/// <param name="buffer">From the shared pool: the digest, then the chunk.</param>
/// <param name="length">Bytes of both.</param>
/// <param name="number">Its place in the file.</param>
internal sealed class IndexChunk(byte[] buffer, int length, int number) : IDisposable
{
    public int Number => number;

    /// <summary>What is in it; null if it is damaged.</summary>
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

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
