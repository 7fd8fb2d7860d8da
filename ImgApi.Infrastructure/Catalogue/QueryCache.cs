namespace ImgApi.Infrastructure.Catalogue;

/// <summary>The results of the last few queries of one snapshot. It takes no lock, so concurrent callers may compute the same result.</summary>
internal sealed class QueryCache<T>
{
    private const int MaxResults = 8;

    private volatile Entry[] _entries = [];

    public T GetOrAdd(ImageQuery query, Func<T> work)
    {
        var entries = _entries;
        foreach (var entry in entries)
        {
            if (entry.Query.Equals(query))
            {
                return entry.Result;
            }
        }

        var result = work();
        _entries = [new Entry(query, result), .. entries.Take(MaxResults - 1)];
        return result;
    }

    private sealed record Entry(ImageQuery Query, T Result);
}
