using System.Security.Cryptography;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Random bytes to upload: pieces of one random block.</summary>
internal static class Noise
{
    private const int MiB = 1024 * 1024;
    private const int BlockSize = 40 * MiB;

    private static readonly byte[] Block = Make();

    public static ReadOnlyMemory<byte> Small(Random random) => Piece(random, random.Next(1, 64 * 1024));

    /// <summary>10 to 30 MiB.</summary>
    public static ReadOnlyMemory<byte> Large(Random random) => Piece(random, random.Next(10 * MiB, 30 * MiB));

    public static string Sha1(ReadOnlyMemory<byte> bytes)
    {
#pragma warning disable CA5350 // the digest of the wire contract
        return Convert.ToHexStringLower(SHA1.HashData(bytes.Span));
#pragma warning restore CA5350
    }

    private static Memory<byte> Piece(Random random, int size) => Block.AsMemory(random.Next(BlockSize - size), size);

    private static byte[] Make()
    {
        var block = new byte[BlockSize];
        new Random(1).NextBytes(block);
        return block;
    }
}
