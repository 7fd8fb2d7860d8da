using ImgApi.Infrastructure.Posix;
using Microsoft.Win32.SafeHandles;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>
/// Copies files durably with their times and permissions, and with their owner if this process is root's. A file that is already there with the
/// same size and time is not copied again.
/// </summary>
/// <param name="progress">Gets the number of bytes copied so far.</param>
internal sealed class FileCopier(Action<long> progress, CancellationToken cancellation)
{
    private const int BufferSize = 1024 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);

    /// <summary>Number of files that were new: copied or linked from the source.</summary>
    public int Files { get; private set; }

    /// <summary>Number of bytes copied. A link has none.</summary>
    public long Bytes { get; private set; }

    /// <summary>Creates a folder with the permissions and the owner of another.</summary>
    public static void CreateFolder(string source, string target)
    {
        DurableFile.CreateFolder(target);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(source));
        }

        FileOwner.Copy(source, "", target);
    }

    /// <summary>Copies a file, if it is not there already.</summary>
    /// <param name="former">A file that never changes and may be the same; null if there is none.</param>
    /// <param name="neverChanges">Whether the source is only ever deleted, so that the target may be a hard link to it.</param>
    /// <exception cref="FileNotFoundException">There is no source.</exception>
    /// <exception cref="UnreadableFileException">The disk cannot read the source.</exception>
    public void Copy(string source, string? former, string target, bool neverChanges)
    {
        cancellation.ThrowIfCancellationRequested();
        using var file = File.OpenHandle(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var stamp = new Stamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        if (stamp == Stamp.Of(target) || (former is not null && stamp == Stamp.Of(former) && Link(former, target)))
        {
            return;
        }

        Files++;
        if (!neverChanges || File.ResolveLinkTarget(source, returnFinalTarget: false) is not null || !Link(source, target))
        {
            Write(source, target, stamp.ModifiedAt, output => CopyBytes(file, output));
        }
    }

    /// <summary>Writes a file with bytes that were read before, unless the former file has the same.</summary>
    /// <param name="source">The file that had the bytes; it may have other bytes or be missing by now.</param>
    public void Copy(string source, ReadOnlySpan<byte> bytes, DateTime modifiedAt, string? former, string target)
    {
        if (Has(target, bytes) || (former is not null && Has(former, bytes) && Link(former, target)))
        {
            return;
        }

        Files++;
        var copy = bytes.ToArray();
        Write(source, target, modifiedAt, output => RandomAccess.Write(output, copy, 0));
        Bytes += bytes.Length;
        progress(Bytes);
    }

    private static bool Has(string path, ReadOnlySpan<byte> bytes) => File.Exists(path) && bytes.SequenceEqual(File.ReadAllBytes(path));

    private static bool Link(string from, string to)
    {
        File.Delete(to);
        return DurableFile.TryLink(from, to);
    }

    private static void Write(string source, string target, DateTime modifiedAt, Action<SafeFileHandle> write) =>
        DurableFile.Replace(Path.GetDirectoryName(target)!, Path.GetFileName(target), output =>
        {
            write(output.SafeFileHandle);
            if (!OperatingSystem.IsWindows() && File.Exists(source))
            {
                FileOwner.Copy(Path.GetDirectoryName(source)!, Path.GetFileName(source), output.Name);
                File.SetUnixFileMode(output.SafeFileHandle, File.GetUnixFileMode(source));
            }

            File.SetLastWriteTimeUtc(output.SafeFileHandle, modifiedAt);
            DurableFile.FlushFile(output.SafeFileHandle);
        });

    private void CopyBytes(SafeFileHandle file, SafeFileHandle output)
    {
        for (long offset = 0; Read(file, offset) is var count and > 0; offset += count)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomAccess.Write(output, _buffer.AsSpan(0, count), offset);
            Bytes += count;
            progress(Bytes);
        }
    }

    private int Read(SafeFileHandle file, long offset)
    {
        try
        {
            return RandomAccess.Read(file, _buffer, offset);
        }
        catch (IOException fault)
        {
            throw new UnreadableFileException(fault);
        }
    }

    private readonly record struct Stamp(long Size, DateTime ModifiedAt)
    {
        public static Stamp? Of(string path) => new FileInfo(path) is { Exists: true } file ? new Stamp(file.Length, file.LastWriteTimeUtc) : null;
    }
}

/// <summary>The disk cannot read a file that is to be copied.</summary>
internal sealed class UnreadableFileException(IOException inner) : IOException(FileFault.Describe(inner), inner);
