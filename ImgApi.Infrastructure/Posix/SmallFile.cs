namespace ImgApi.Infrastructure.Posix;

/// <summary>Reads manifests. <see cref="File.ReadAllBytes(string)"/> needs more system calls, and a start may read 100,000 of them.</summary>
internal static class SmallFile
{
    /// <summary>Reads a whole file without locking it: manifests are replaced, never changed in place.</summary>
    public static byte[] Read(string path)
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
