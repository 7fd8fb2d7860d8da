namespace ImgApi.Api.Mapping;

/// <summary>
/// Bounds what the kept texts of all lists take together: the oldest goes for a new one, and is not kept again. The texts of
/// lists that nobody holds any more go by themselves.
/// </summary>
/// <param name="most">Bytes.</param>
internal sealed class KeptTexts(long most)
{
    private readonly Lock _gate = new();
    private readonly List<Place> _places = [];

    /// <summary>Puts a whole text in its place among the forms of its list.</summary>
    public void Keep(ListText?[] forms, int form, ListText text)
    {
        lock (_gate)
        {
            _places.RemoveAll(place => !place.Forms.TryGetTarget(out var others) || (others == forms && place.Form == form));
            forms[form] = text;
            _places.Add(new Place(new WeakReference<ListText?[]>(forms), form, text.Length));
            while (_places.Sum(place => place.Length) > most)
            {
                Drop(_places[0]);
                _places.RemoveAt(0);
            }
        }
    }

    private static void Drop(Place place)
    {
        if (place.Forms.TryGetTarget(out var forms) && forms[place.Form] is { } text)
        {
            forms[place.Form] = text with { Kept = null, IsDropped = true };
        }
    }

    private sealed record Place(WeakReference<ListText?[]> Forms, int Form, long Length);
}
