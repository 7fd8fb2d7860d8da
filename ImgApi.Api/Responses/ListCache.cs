namespace ImgApi.Api.Responses;

/// <summary>
/// Caches lists by query, catalogue revision and form: Etag and length always, the JSON from the second request on, unless it is very
/// long. A list that is requested once between two changes is not worth the memory. Lists of earlier revisions are removed; their JSON
/// counts until the answers that use it are sent.
/// </summary>
internal sealed class ListCache(ManifestCache manifests)
{
    private const int MaxLists = 32;

    // Bytes. A longer list is written from its manifests each time: the memory is worth more than the time.
    private const long MaxLength = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<CachedList> _lists = [];
    private long _bytes;

    /// <summary>Maximum size of all JSON together, in bytes, without the compressed forms, which take a tenth and less.</summary>
    public long MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The entry of a list, made if it is missing.</summary>
    public CachedList Of(ImageQuery query, ImageList list, ManifestForm form)
    {
        lock (_gate)
        {
            if (Find(query, list.Revision, form) is { } cached)
            {
                Keep(cached, list.Images, form);
                return cached;
            }
        }

        var added = CachedList.Of(query, list, form, manifests);
        lock (_gate)
        {
            return Find(query, list.Revision, form) ?? Add(added);
        }
    }

    public IEnumerable<byte[]> ItemsOf(IReadOnlyList<Image> images, ManifestForm form) => images.Select(image => manifests.Of(image, form).Json);

    /// <summary>The JSON of a list; null if it is not kept. The answer has to call <see cref="EndSending"/>.</summary>
    public ReadOnlyMemory<byte>? BeginSending(CachedList list)
    {
        lock (_gate)
        {
            list.Senders += list.Json is null ? 0 : 1;
            return list.Json;
        }
    }

    /// <summary>The answer was sent, or the client disconnected.</summary>
    public void EndSending(CachedList list)
    {
        lock (_gate)
        {
            list.Senders--;
            Free(list);
        }
    }

    private CachedList? Find(ImageQuery query, long revision, ManifestForm form) => _lists.Find(list => list.Answers(query, revision, form));

    private CachedList Add(CachedList list)
    {
        if (_lists.Exists(known => known.Revision > list.Revision))
        {
            return list;
        }

        foreach (var old in _lists.Where(old => old.Revision < list.Revision).ToArray())
        {
            Remove(old);
        }

        if (_lists.Count == MaxLists)
        {
            Remove(_lists[0]);
        }

        _lists.Add(list);
        return list;
    }

    private void Remove(CachedList list)
    {
        _lists.Remove(list);
        Drop(list);
    }

    /// <summary>Keeps the JSON of a list. The oldest ones make room for it.</summary>
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
        list.Json = ListJson.Of(ItemsOf(images, form), (int)list.Length);
    }

    private void Drop(CachedList list)
    {
        list.IsDropped = true;
        Free(list);
    }

    /// <summary>Frees the JSON of a dropped list once it is sent.</summary>
    private void Free(CachedList list)
    {
        if (list is { IsDropped: true, Senders: 0, Json: not null })
        {
            list.Clear();
            _bytes -= list.Length;
        }
    }
}
