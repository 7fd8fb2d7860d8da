using System.Runtime.CompilerServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>Reads small files with few system calls, since a start may read 100,000 manifests.</summary>
internal static class SmallFile
{
    // Bytes. Larger than nearly every manifest, so that two calls read it to its end.
    private const int StackBufferSize = 16 * 1024;

    /// <summary>Reads a whole file without locking it: manifests are replaced, never changed in place.</summary>
    public static byte[] Read(string path)
    {
        if (!OperatingSystem.IsWindows() && TryReadDirectly(path) is { } bytes)
        {
            return bytes;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Skips the system calls by which .NET checks and locks a file. Null for a large file, or after any error.</summary>
    [SkipLocalsInit]
    private static byte[]? TryReadDirectly(string path)
    {
        using var file = NativeMethods.Open(path, NativeMethods.ReadOnly);
        Span<byte> buffer = stackalloc byte[StackBufferSize];
        for (var filled = 0; !file.IsInvalid && filled < buffer.Length;)
        {
            var count = (int)NativeMethods.Read(file, buffer[filled..], buffer.Length - filled);
            if (count <= 0)
            {
                return count == 0 ? buffer[..filled].ToArray() : null;
            }

            filled += count;
        }

        return null;
    }
}
