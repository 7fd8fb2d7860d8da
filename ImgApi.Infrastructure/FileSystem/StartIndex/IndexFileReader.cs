using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads the chunks of the index. Lengths in the file are checked before they are used.</summary>
internal sealed class IndexFileReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _length;
    private long _position = IndexFormat.Header.Length;
    private int _number;

    private IndexFileReader(SafeFileHandle file)
    {
        _file = file;
        _length = RandomAccess.GetLength(file);
    }

    /// <summary>Whether the file ended where a chunk was expected, so that the rest is unreadable.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Null if another build wrote it.</summary>
    public static IndexFileReader? Open(string path)
    {
        var reader = new IndexFileReader(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Span<byte> header = stackalloc byte[IndexFormat.Header.Length];
        if (reader.Fill(header, 0) && header.SequenceEqual(IndexFormat.Header.Span))
        {
            return reader;
        }

        reader.Dispose();
        return null;
    }

    /// <summary>The remaining chunks, which the caller disposes.</summary>
    public IEnumerable<IndexChunk> Chunks()
    {
        while (_position < _length)
        {
            if (Next() is not { } chunk)
            {
                IsTruncated = true;
                yield break;
            }

            yield return chunk;
        }
    }

    public void Dispose() => _file.Dispose();

    private IndexChunk? Next()
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        var start = _position + prefix.Length;
        if (!Fill(prefix, _position) || BinaryPrimitives.ReadInt32LittleEndian(prefix) is not (>= 0 and <= IndexFormat.MaxChunkSize and var given))
        {
            return null;
        }

        var length = given + SHA256.HashSizeInBytes;
        if (length > _length - start)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        if (!Fill(buffer.AsSpan(0, length), start))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return null;
        }

        _position = start + length;
        return new IndexChunk(buffer, length, _number++);
    }

    /// <summary>False also for a disk fault, which is treated as the end of the file.</summary>
    private bool Fill(Span<byte> buffer, long position)
    {
        try
        {
            while (!buffer.IsEmpty && RandomAccess.Read(_file, buffer, position) is var count and > 0)
            {
                buffer = buffer[count..];
                position += count;
            }

            return buffer.IsEmpty;
        }
        catch (Exception e) when (StorageFault.IsFault(e))
        {
            return false;
        }
    }
}
