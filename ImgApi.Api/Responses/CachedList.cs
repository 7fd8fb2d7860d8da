using System.Collections.Concurrent;
using Microsoft.AspNetCore.ResponseCompression;

namespace ImgApi.Api.Responses;

/// <summary>A list as <see cref="ListCache"/> knows it.</summary>
/// <param name="query">What was asked for.</param>
/// <param name="revision">The revision of the catalogue that it is of.</param>
/// <param name="form">The form of its manifests.</param>
/// <param name="etag">Changes with every visible change of any of its images.</param>
/// <param name="length">Bytes of its JSON.</param>
internal sealed class CachedList(ImageQuery query, long revision, ManifestForm form, string etag, long length)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _compressed = new(StringComparer.Ordinal);

    /// <summary>Changes with every visible change of any of its images.</summary>
    public string Etag => etag;

    /// <summary>Bytes of its JSON.</summary>
    public long Length => length;

    /// <summary>The revision of the catalogue that it is of.</summary>
    public long Revision => revision;

    /// <summary>Its JSON; null if that is not kept.</summary>
    public ReadOnlyMemory<byte>? Json { get; set; }

    /// <summary>Whether newer lists took the memory of its JSON, which is not kept again then.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Number of answers that are being made of its JSON.</summary>
    public int Senders { get; set; }

    /// <summary>Whether it is the list that a request asks for.</summary>
    public bool Answers(ImageQuery asked, long at, ManifestForm wanted) => revision == at && form == wanted && query.Equals(asked);

    /// <summary>The JSON as a compression makes it, compressed once.</summary>
    /// <param name="provider">Compresses, and names the compression.</param>
    /// <param name="json">The JSON.</param>
    public Task<byte[]> CompressAsync(ICompressionProvider provider, ReadOnlyMemory<byte> json) =>
        _compressed.GetOrAdd(provider.EncodingName, _ => new(() => Task.Run(() => Compress(provider, json)))).Value;

    /// <summary>Forgets the JSON in all its forms.</summary>
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
