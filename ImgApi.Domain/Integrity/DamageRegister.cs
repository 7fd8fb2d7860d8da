using System.Collections.Immutable;
using ImgApi.Domain.Images;

namespace ImgApi.Domain.Integrity;

/// <summary>
/// What is known to be damaged, as of now: what another process finds and keeps in the same store counts as soon as it is
/// kept. What is in it is refused to downloads, and never deleted for it.
/// </summary>
public sealed class DamageRegister
{
    private readonly IDamageStore _store;
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> _known;
    private bool _isKept = true;

    /// <summary>Begins with what the store has kept.</summary>
    public DamageRegister(IDamageStore store)
    {
        _store = store;
        _known = Index(store.Load() ?? []);
    }

    /// <summary>Everything that is known, in the order of the images' uuids.</summary>
    public IReadOnlyList<Damage> All => InOrder(Known);

    /// <summary>How many contents are known to be damaged.</summary>
    public int Count => Known.Count;

    private ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> Known
    {
        get
        {
            if (_store.HasChanged)
            {
                lock (_gate)
                {
                    _known = Merge(_store.Load());
                }
            }

            return _known;
        }
    }

    /// <summary>What is known about a content; null if nothing bad.</summary>
    public Damage? Find(Uuid image, ContentKey content) => Known.GetValueOrDefault((image, content));

    /// <summary>Enters a damage, in place of an earlier one of the same content.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Enter(Damage damage) => Enter([damage]).Count > 0;

    /// <summary>Enters many at once, each in place of an earlier one of the same content.</summary>
    /// <returns>Those that are news.</returns>
    public IReadOnlyList<Damage> Enter(IReadOnlyList<Damage> damages)
    {
        var known = Known;
        Damage[] news = [.. damages.Where(damage => !(known.TryGetValue(Key(damage), out var earlier) && damage.Repeats(earlier)))];
        if (news.Length > 0)
        {
            Change(now => now.SetItems(Index(news)));
        }

        return news;
    }

    /// <summary>Takes a content out that was found to be good, or that is gone.</summary>
    public void Clear(Uuid image, ContentKey content)
    {
        if (Find(image, content) is not null)
        {
            Change(known => known.Remove((image, content)));
        }
    }

    /// <summary>Keeps what is known about an image that has got another uuid.</summary>
    public void Move(Uuid from, Uuid to)
    {
        var moved = Known.Values.Where(damage => damage.Image == from).ToArray();
        if (moved.Length > 0)
        {
            Change(known => known.RemoveRange(moved.Select(Key)).SetItems(Index(moved.Select(damage => damage with { Image = to }))));
        }
    }

    private static (Uuid Image, ContentKey Content) Key(Damage damage) => (damage.Image, damage.Content);

    private static ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> Index(IEnumerable<Damage> damages) =>
        damages.DistinctBy(Key).ToImmutableDictionary(Key);

    private static IReadOnlyList<Damage> InOrder(ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> known) =>
        [.. known.Values.OrderBy(damage => damage.Image)];

    /// <summary>What is kept; with what could not be kept, as long as that is so.</summary>
    private ImmutableDictionary<(Uuid Image, ContentKey Content), Damage> Merge(IReadOnlyList<Damage>? kept) =>
        kept is null ? _known
        : _isKept ? Index(kept)
        : _known.SetItems(Index(kept));

    private void Change(
        Func<ImmutableDictionary<(Uuid, ContentKey), Damage>, ImmutableDictionary<(Uuid, ContentKey), Damage>> change)
    {
        lock (_gate)
        {
            _isKept = _store.Change(kept =>
            {
                _known = change(Merge(kept));
                return InOrder(_known);
            });
        }
    }
}
