using System.Security.Cryptography;

namespace ImgApi.Api.CommandLine.Transfers;

/// <summary>The SHA-1 of a file whose bytes come in order, although some come again after an interruption.</summary>
internal sealed class RunningSha1 : IDisposable
{
#pragma warning disable CA5350 // The hash of manifests; it detects damage, not attacks.
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350

    /// <summary>Number of bytes that were added.</summary>
    public long Position { get; private set; }

    /// <summary>Adds the bytes at a position of the file, without those that were added before.</summary>
    /// <param name="offset">At most <see cref="Position"/>.</param>
    public void Add(long offset, ReadOnlySpan<byte> bytes)
    {
        var known = (int)Math.Min(bytes.Length, Position - offset);
        _hash.AppendData(bytes[known..]);
        Position += bytes.Length - known;
    }

    /// <summary>Adds the bytes of a stream up to a position of the file.</summary>
    /// <param name="stream">Begins at <see cref="Position"/>.</param>
    public async Task AddAsync(Stream stream, long end, CancellationToken cancellation)
    {
        var buffer = new byte[256 * 1024];
        while (Position < end && await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - Position)), cancellation) is > 0 and var count)
        {
            Add(Position, buffer.AsSpan(0, count));
        }
    }

    /// <summary>Begins again.</summary>
    public void Restart()
    {
        _hash.GetHashAndReset();
        Position = 0;
    }

    /// <summary>The hash of the bytes so far, in lower-case hex.</summary>
    public string Text() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
