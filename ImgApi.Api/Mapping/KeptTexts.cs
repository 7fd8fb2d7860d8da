namespace ImgApi.Api.Mapping;

/// <summary>
/// Bounds what the kept texts of all lists take together: the oldest goes for a new one, and is not kept again. A text that is being sent
/// takes its memory until that is done, kept or not: clients that read slowly, while the list changes, hold one text for each change.
/// </summary>
/// <param name="most">Bytes.</param>
internal sealed class KeptTexts(long most)
{
    private readonly Lock _gate = new();
    private readonly List<Place> _places = [];

    /// <summary>Keeps the whole text of a list beside its other facts, if there is room.</summary>
    /// <param name="forms">The texts of the list in all forms.</param>
    /// <param name="form">The one to keep; its length and Etag are known.</param>
    /// <param name="make">Makes the whole text. It is called once, for all that ask at the same time.</param>
    public ListText Keep(ListText?[] forms, int form, Func<ReadOnlyMemory<byte>> make)
    {
        lock (_gate)
        {
            var text = forms[form]!;
            if (text.Kept is not null || text.IsDropped)
            {
                return text;
            }

            if (!TryMakeRoom(text.Length))
            {
                return forms[form] = text with { IsDropped = true };
            }

            var kept = new KeptText(make());
            _places.Add(new Place(new(forms), form, new(kept), text.Length));
            return forms[form] = text with { Kept = kept };
        }
    }

    private bool TryMakeRoom(long length)
    {
        _places.RemoveAll(place => !place.IsKept && !place.IsBeingSent);
        while (_places.Sum(place => place.Length) + length > most)
        {
            if (_places.Find(place => place.IsKept) is not { } oldest)
            {
                return false;
            }

            oldest.Drop();
            _places.RemoveAll(place => place == oldest && !place.IsBeingSent);
        }

        return true;
    }

    /// <summary>A text that takes memory. The texts of lists that nobody holds any more go by themselves.</summary>
    private sealed record Place(WeakReference<ListText?[]> Forms, int Form, WeakReference<KeptText> Text, long Length)
    {
        public bool IsKept => Forms.TryGetTarget(out var forms) && Text.TryGetTarget(out var text) && forms[Form]?.Kept == text;

        public bool IsBeingSent => Text.TryGetTarget(out var text) && text.IsBeingSent;

        public void Drop()
        {
            if (Forms.TryGetTarget(out var forms) && forms[Form] is { } text)
            {
                forms[Form] = text with { Kept = null, IsDropped = true };
            }
        }
    }
}
