using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImgApi.Domain.Storage;

namespace ImgApi.Api.Responses;

/// <summary>
/// Caches lists by query, catalogue revision and form: Etag and length always, the JSON from the second request on unless it is very
/// long. A list that is asked for once between two changes is not worth the memory. Lists of earlier revisions are
/// forgotten; what is still being sent of them counts until it is sent.
/// </summary>
internal sealed class ListCache(ManifestCache manifests)
{
    private const int MaxLists = 32;

    // Bytes. A longer list is written from its manifests each time: memory is worth more than that little time.
    private const long MaxLength = 32 * 1024 * 1024;

    private const int HashesAtOnce = 64;

    // Images. Fewer are serialised by one thread at least as fast as by several.
    private const int ParallelFrom = 256;

    private readonly Lock _gate = new();
    private readonly List<CachedList> _lists = [];
    private long _bytes;

    /// <summary>Bytes of JSON that all lists may take together, not counting compressed forms, which are a tenth and less.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>A list in one form.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="list">The result.</param>
    /// <param name="form">The form of its manifests.</param>
    public CachedList Of(ImageQuery query, ImageList list, ManifestForm form)
    {
        lock (_gate)
        {
            if (_lists.Find(known => known.Answers(query, list.Revision, form)) is { } cached)
            {
                Keep(cached, list.Images, form);
                return cached;
            }
        }

        var (etag, length) = Describe(list.Images, form);
        var added = new CachedList(query, list.Revision, form, etag, length);
        lock (_gate)
        {
            return Add(added, query, form);
        }
    }

    /// <summary>The manifests of a list, in its order.</summary>
    public IEnumerable<byte[]> ItemsOf(IReadOnlyList<Image> images, ManifestForm form) => images.Select(image => manifests.Of(image, form).Json);

    /// <summary>The JSON of a list for an answer, which has to call <see cref="EndSending"/>; null if it is not kept.</summary>
    public ReadOnlyMemory<byte>? BeginSending(CachedList list)
    {
        lock (_gate)
        {
            list.Senders += list.Json is null ? 0 : 1;
            return list.Json;
        }
    }

    /// <summary>The answer was sent, or broken off.</summary>
    public void EndSending(CachedList list)
    {
        lock (_gate)
        {
            list.Senders--;
            Free(list);
        }
    }

    /// <summary>Adds a list, unless another request has just added it, or a later revision is cached already.</summary>
    /// <returns>The list to answer with.</returns>
    private CachedList Add(CachedList list, ImageQuery query, ManifestForm form)
    {
        if (_lists.Find(known => known.Answers(query, list.Revision, form)) is { } same)
        {
            return same;
        }

        if (_lists.Exists(known => known.Revision > list.Revision))
        {
            return list;
        }

        foreach (var old in _lists.Where(old => old.Revision < list.Revision).ToArray())
        {
            Forget(old);
        }

        if (_lists.Count == MaxLists)
        {
            Forget(_lists[0]);
        }

        _lists.Add(list);
        return list;
    }

    private void Forget(CachedList list)
    {
        _lists.Remove(list);
        Drop(list);
    }

    /// <summary>Keeps the JSON of a list, in place of that of the oldest ones.</summary>
    private void Keep(CachedList list, IReadOnlyList<Image> images, ManifestForm form)
    {
        if (list.Json is not null || list.IsDropped || list.Length > MaxLength)
        {
            return;
        }

        while (_bytes + list.Length > MaxBytes && _lists.Find(other => other is { Json: not null, IsDropped: false }) is { } oldest)
        {
            Drop(oldest);
        }

        if (_bytes + list.Length > MaxBytes)
        {
            list.IsDropped = true;
            return;
        }

        _bytes += list.Length;
        list.Json = Json(images, form, list.Length);
    }

    private void Drop(CachedList list)
    {
        list.IsDropped = true;
        Free(list);
    }

    /// <summary>Frees the JSON of a list that is dropped, once it is sent.</summary>
    private void Free(CachedList list)
    {
        if (list is { IsDropped: true, Senders: 0, Json: not null })
        {
            list.Clear();
            _bytes -= list.Length;
        }
    }

    private (string Etag, long Length) Describe(IReadOnlyList<Image> images, ManifestForm form)
    {
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

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), ListJson.LengthOfAll(length, images.Count));
    }

    private ReadOnlyMemory<byte> Json(IReadOnlyList<Image> images, ManifestForm form, long length)
    {
        var whole = new ArrayBufferWriter<byte>((int)length);
        foreach (var item in ItemsOf(images, form))
        {
            ListJson.WriteBefore(whole, isFirst: whole.WrittenCount == 0);
            ListJson.WritePart(whole, item);
        }

        ListJson.WriteEnd(whole, isEmpty: images.Count == 0);
        return whole.WrittenMemory;
    }
}
