using System.Buffers.Binary;
using System.Security.Cryptography;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>Writes the index file.</summary>
internal static class IndexFileWriter
{
    /// <summary>Replaces the file. If that fails or is cancelled, the old file stays.</summary>
    public static void Write(string root, IEnumerable<IndexEntry> entries, CancellationToken cancellation)
    {
        var temporary = Path.Combine(root, TemporaryName.Create());
        try
        {
            WriteTo(temporary, entries, cancellation);
            DurableFile.Rename(temporary, Path.Combine(root, FileNames.Index));
        }
        catch
        {
            DurableFile.TryDelete(temporary);
            throw;
        }
    }

    private static void WriteTo(string path, IEnumerable<IndexEntry> entries, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        using var file = new FileStream(path, DurableFile.Private(options));
        file.Write(IndexFormat.Header.Span);
        var chunk = new ChunkWriter();
        foreach (var entry in entries)
        {
            EntryCodec.Write(chunk, entry);
            if (chunk.Bytes.Length >= IndexFormat.ChunkSize)
            {
                cancellation.ThrowIfCancellationRequested();
                Close(chunk, file);
            }
        }

        Close(chunk, file);
    }

    private static void Close(ChunkWriter chunk, FileStream file)
    {
        if (chunk.Bytes.Length is > 0 and <= IndexFormat.MaxChunkSize)
        {
            Span<byte> frame = stackalloc byte[IndexFormat.FrameLength];
            BinaryPrimitives.WriteInt32LittleEndian(frame, chunk.Bytes.Length);
            SHA256.HashData(chunk.Bytes, frame[sizeof(int)..]);
            file.Write(frame);
            file.Write(chunk.Bytes);
        }

        chunk.Clear();
    }
}
