using System.Buffers.Binary;
using System.Security.Cryptography;
using ImgApi.Api.Wire;

namespace ImgApi.Api.Mapping;

#pragma warning disable CA5350 // SHA-1 is what contract 1.9 wants; it is opaque, not a protection.

/// <summary>An image as bytes for the wire.</summary>
/// <param name="json">See <see cref="Json"/>.</param>
public sealed class ImageText(byte[] json)
{
    private string? _etag;

    /// <summary>Indented JSON, UTF-8.</summary>
    public byte[] Json => json;

    /// <summary>Differs from that of every other text.</summary>
    public UInt128 Mark { get; } = BinaryPrimitives.ReadUInt128BigEndian(SHA1.HashData(json));

    /// <summary>What contract 1.9 says: the SHA-1 of the compact text. Made when it is first asked for, since lists do without.</summary>
    public string Etag => _etag ??= Convert.ToHexStringLower(SHA1.HashData(CompactJson.Of(json)));
}
