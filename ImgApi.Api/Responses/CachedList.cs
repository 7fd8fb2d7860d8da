using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.ResponseCompression;

namespace ImgApi.Api.Responses;

/// <summary>An entry of <see cref="ListCache"/>, which guards what can be set.</summary>
internal sealed class CachedList(ImageQuery query, long revision, ManifestForm form, string etag, long length)
{
    private const int HashesAtOnce = 64;

    // Images. A single thread serializes fewer at least as fast as several do.
    private const int ParallelFrom = 256;

    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _compressed = new(StringComparer.Ordinal);

    /// <summary>Changes with every visible change of any of the images.</summary>
    public string Etag => etag;

    /// <summary>Length of the JSON in bytes.</summary>
    public long Length => length;

    public long Revision => revision;

    /// <summary>The JSON; null if it is not kept.</summary>
    public ReadOnlyMemory<byte>? Json { get; set; }

    /// <summary>Whether newer lists took the memory of the JSON. It is not kept again.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Number of answers that are using the JSON.</summary>
    public int Senders { get; set; }

    public static CachedList Of(ImageQuery query, ImageList list, ManifestForm form, ManifestCache manifests)
    {
        var images = list.Images;
        if (images.Count > ParallelFrom)
        {
            Parallel.ForEach(images, image => manifests.Of(image, form));
        }

        // Opaque, as the Etags of single images are.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        Span<UInt128> hashes = stackalloc UInt128[HashesAtOnce];
        var length = 0L;
        for (var i = 0; i < images.Count; i++)
        {
            var text = manifests.Of(images[i], form);
            length += ListJson.LengthOf(text.Json);
            hashes[i % HashesAtOnce] = text.Hash;
            if (i % HashesAtOnce == HashesAtOnce - 1 || i == images.Count - 1)
            {
                hash.AppendData(MemoryMarshal.AsBytes(hashes[..((i % HashesAtOnce) + 1)]));
            }
        }

        var etag = Convert.ToHexStringLower(hash.GetHashAndReset());
        return new CachedList(query, list.Revision, form, etag, ListJson.LengthOfAll(length, images.Count));
    }

    public bool Answers(ImageQuery asked, long at, ManifestForm wanted) => revision == at && form == wanted && query.Equals(asked);

    /// <summary>The compressed JSON. Each compression is done once.</summary>
    public Task<byte[]> CompressAsync(ICompressionProvider provider, ReadOnlyMemory<byte> json) =>
        _compressed.GetOrAdd(provider.EncodingName, _ => new(() => Task.Run(() => Compress(provider, json)))).Value;

    public void Clear()
    {
        Json = null;
        _compressed.Clear();
    }

    private static byte[] Compress(ICompressionProvider provider, ReadOnlyMemory<byte> json)
    {
        using var target = new MemoryStream();
        using (var compressor = provider.CreateStream(target))
        {
            compressor.Write(json.Span);
        }

        return target.ToArray();
    }
}
