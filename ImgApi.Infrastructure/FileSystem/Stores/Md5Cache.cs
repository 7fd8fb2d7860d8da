using System.Collections.Concurrent;
using System.Security.Cryptography;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// The MD5 of content that was stored without one. It is computed once, even for concurrent callers, and kept across restarts. It is computed
/// again if another program replaces the file.
/// </summary>
internal sealed class Md5Cache(FactsFile facts)
{
    private readonly ConcurrentDictionary<Key, Lazy<Task<string?>>> _digests = new();

    public async Task<string?> GetAsync(Uuid image, FileInfo content, CancellationToken cancellation)
    {
        var key = new Key(image, content.Name, FileStamp.FromFile(content));
        var digest = _digests.GetOrAdd(key, _ => new Lazy<Task<string?>>(() => Task.Run(() => Find(image, content))));
        try
        {
            // A caller that stops waiting does not stop the work for the others.
            return await digest.Value.WaitAsync(cancellation);
        }
        finally
        {
            if (digest.Value is { IsCompleted: true } done && (!done.IsCompletedSuccessfully || await done is null))
            {
                _digests.TryRemove(KeyValuePair.Create(key, digest));
            }
        }
    }

    private string? Find(Uuid image, FileInfo content)
    {
        var digest = facts.Md5(image, content);
        if (digest is null && (digest = Compute(content.FullName)) is not null)
        {
            facts.SaveMd5(image, content, digest);
        }

        return digest;
    }

    private static string? Compute(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
#pragma warning disable CA5351 // required by Content-MD5, which only protects against accidents
            return Convert.ToBase64String(MD5.HashData(file));
#pragma warning restore CA5351
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private readonly record struct Key(Uuid Image, string Name, FileStamp? Stamp);
}
