using System.Buffers.Binary;
using System.Security.Cryptography;
using ImgApi.Api.Json;

namespace ImgApi.Api.Responses;

#pragma warning disable CA5350 // Required by contract 1.9; the tag is opaque and protects nothing.

/// <summary>The JSON of an image in one form.</summary>
/// <param name="json">See <see cref="Json"/>.</param>
public sealed class ManifestText(byte[] json)
{
    private string? _etag;

    /// <summary>Indented JSON, UTF-8.</summary>
    public byte[] Json => json;

    /// <summary>A hash of the JSON. Lists combine the hashes of their images into an Etag.</summary>
    public UInt128 Hash { get; } = BinaryPrimitives.ReadUInt128BigEndian(SHA1.HashData(json));

    /// <summary>Lower-case hex SHA-1 of the compact JSON (contract 1.9). Computed on first use, because lists do not need it.</summary>
    public string Etag => _etag ??= Convert.ToHexStringLower(SHA1.HashData(CompactJson.Of(json)));
}
