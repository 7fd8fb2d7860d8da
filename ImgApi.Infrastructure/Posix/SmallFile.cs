using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace ImgApi.Infrastructure.Posix;

/// <summary>Reads small files whole with as few system calls as it takes: a start reads one for every image.</summary>
internal static class SmallFile
{
    // Bytes. More than nearly every manifest has, so that one call reads it and one more finds its end.
    private const int StackBufferSize = 16 * 1024;

    /// <summary>The bytes of a file. Takes no lock on it: manifests are replaced, never written to.</summary>
    public static byte[] Read(string path) => OperatingSystem.IsWindows() ? ReadByFramework(path) : ReadByKernel(path) ?? ReadByFramework(path);

    /// <summary>Without the questions about kind and size of the file, and the lock, that the framework adds. Null if anything is unusual.</summary>
    [UnsupportedOSPlatform("windows")]
    [SkipLocalsInit]
    private static byte[]? ReadByKernel(string path)
    {
        var descriptor = NativeMethods.Open(path, NativeMethods.ReadOnly);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            Span<byte> buffer = stackalloc byte[StackBufferSize];
            var filled = 0;
            while (filled < buffer.Length)
            {
                var count = NativeMethods.Read(descriptor, buffer[filled..], buffer.Length - filled);
                if (count <= 0)
                {
                    return count == 0 ? buffer[..filled].ToArray() : null;
                }

                filled += (int)count;
            }

            return null;
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    private static byte[] ReadByFramework(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[RandomAccess.GetLength(handle)];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(filled), filled) is var count and > 0)
        {
            filled += count;
        }

        return filled == bytes.Length ? bytes : bytes[..filled];
    }
}
