namespace ImgApi.Infrastructure.FileSystem;

/// <summary>Reads small files whole with as few system calls as it takes: a start reads one for every image.</summary>
internal static class SmallFile
{
    /// <summary>The bytes of a file. Takes no lock on it: manifests are replaced, never written to.</summary>
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
