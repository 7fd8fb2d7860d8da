using System.Collections.Immutable;
using ImgApi.Domain.Images;

namespace ImgApi.Domain.Integrity;

/// <summary>What is known to be damaged. Readers take no lock; what is in it is refused to downloads, and never deleted for it.</summary>
public sealed class DamageRegister
{
    private readonly IDamageStore _store;
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> _known;

    /// <summary>Begins with what the store has kept.</summary>
    public DamageRegister(IDamageStore store)
    {
        _store = store;
        _known = store.Load().DistinctBy(Key).ToImmutableDictionary(Key);
    }

    /// <summary>Everything that is known, in the order of the images' uuids.</summary>
    public IReadOnlyList<Damage> All => [.. _known.Values.OrderBy(damage => damage.Image)];

    /// <summary>How many contents are known to be damaged.</summary>
    public int Count => _known.Count;

    /// <summary>What is known about a content; null if nothing bad.</summary>
    public Damage? Find(Uuid image, ContentKey content) => _known.GetValueOrDefault((image, content));

    /// <summary>Enters a damage, in place of an earlier one of the same content.</summary>
    /// <returns>Whether the content was not known to be damaged before.</returns>
    public bool Enter(Damage damage) => Change(known => known.SetItem(Key(damage), damage), isNew: known => !known.ContainsKey(Key(damage)));

    /// <summary>Takes a content out that was found to be good, or that is gone.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Clear(Uuid image, ContentKey content) =>
        Find(image, content) is not null && Change(known => known.Remove((image, content)), isNew: known => known.ContainsKey((image, content)));

    private static (Uuid Image, ContentKey Content) Key(Damage damage) => (damage.Image, damage.Content);

    private bool Change(
        Func<ImmutableDictionary<(Uuid, ContentKey), Damage>, ImmutableDictionary<(Uuid, ContentKey), Damage>> change,
        Func<ImmutableDictionary<(Uuid, ContentKey), Damage>, bool> isNew)
    {
        lock (_gate)
        {
            var changes = isNew(_known);
            _known = change(_known);
            _store.Keep(All);
            return changes;
        }
    }
}
