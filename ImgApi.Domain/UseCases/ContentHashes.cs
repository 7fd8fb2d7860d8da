using System.Security.Cryptography;

namespace ImgApi.Domain.UseCases;

/// <summary>The hashes of content, computed while it arrives. One caller at a time.</summary>
internal sealed class ContentHashes : IDisposable
{
#pragma warning disable CA5350, CA5351 // The wire demands SHA-1 and MD5; they detect damage, not attacks.
    private readonly IncrementalHash _sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5350, CA5351

    /// <summary>Number of hashed bytes. After a failed <see cref="AppendAsync"/> it includes the bytes of that call.</summary>
    public long Position { get; private set; }

    /// <summary>Hashes more bytes. Both hashes are computed in parallel.</summary>
    /// <param name="meanwhile">Done at the same time; null for nothing.</param>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, ValueTask>? meanwhile = null)
    {
        Position += bytes.Length;
        var md5 = Task.Run(() => _md5.AppendData(bytes.Span));
        try
        {
            _sha1.AppendData(bytes.Span);
            if (meanwhile is not null)
            {
                await meanwhile(bytes);
            }
        }
        finally
        {
            await md5;
        }
    }

    /// <summary>The digest of the bytes so far.</summary>
    public ContentDigest Digest() =>
        new(Position, Convert.ToHexStringLower(_sha1.GetCurrentHash()), Convert.ToBase64String(_md5.GetCurrentHash()));

    public void Dispose()
    {
        _sha1.Dispose();
        _md5.Dispose();
    }
}

/// <summary>Size in bytes, lower-case hex SHA-1, Base64 MD5.</summary>
internal sealed record ContentDigest(long Size, string Sha1, string Md5);
