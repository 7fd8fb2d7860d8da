using System.Collections.Concurrent;
using System.Security.Cryptography;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// The MD5 of contents that came without one, each computed once however many ask, and kept over restarts. A content that
/// another program has replaced under its old name is another content here.
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
            // Whoever stops waiting does not stop the work for the others.
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
        if (facts.Md5(image, content) is { } kept)
        {
            return kept;
        }

        var computed = Compute(content.FullName);
        if (computed is not null)
        {
            facts.SaveMd5(image, content, computed);
        }

        return computed;
    }

    private static string? Compute(string path)
    {
        using var reader = ContentReader.Open(path);
        if (reader is null)
        {
            return null;
        }

#pragma warning disable CA5351 // Content-MD5 is what the protocol has; it protects against accidents only
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var buffer = new byte[64 * 1024];
        for (long offset = 0; ;)
        {
            var count = reader.Read(buffer, offset);
            if (count == 0)
            {
                return Convert.ToBase64String(md5.GetHashAndReset());
            }

            md5.AppendData(buffer, 0, count);
            offset += count;
        }
    }

    private readonly record struct Key(Uuid Image, string Name, FileStamp? Stamp);
}
