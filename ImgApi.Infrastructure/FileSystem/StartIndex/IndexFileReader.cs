using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Reads the chunks of the index one by one. The file's own words are not believed before they are checked.</summary>
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

    /// <summary>Whether there was no chunk where one had to be, so that nothing after it can be found.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Null if another build has written it.</summary>
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

    /// <summary>The chunks that follow. The caller disposes each.</summary>
    public IEnumerable<IndexChunk> Chunks()
    {
        while (_position < _length)
        {
            if (Next() is not { } chunk)
            {
                IsCut = true;
                yield break;
            }

            yield return chunk;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private IndexChunk? Next()
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        var start = _position + prefix.Length;
        if (!Fill(prefix, _position) || BinaryPrimitives.ReadInt32LittleEndian(prefix) is not (>= 0 and <= IndexFormat.MaxChunk and var given))
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

    /// <summary>False also if the disk fails: where that is, the file ends.</summary>
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
