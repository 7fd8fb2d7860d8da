using System.Collections.Immutable;
using Damages = System.Collections.Immutable.ImmutableDictionary<ImgApi.Domain.Integrity.DamagedContent, ImgApi.Domain.Integrity.Damage>;

namespace ImgApi.Domain.Integrity;

/// <summary>
/// What is known to be damaged, as of now: what another process finds and keeps in the same store counts as soon as it is kept.
/// Registered content is not served, but never deleted. What the store could not keep is kept here, and given to the store with the next
/// change.
/// </summary>
public sealed class DamageRegister(IDamageStore store) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private volatile State _state = new(null, Damages.Empty, Damages.Empty, []);

    /// <summary>Everything that is known, in the order of the images' uuids.</summary>
    public async ValueTask<IReadOnlyList<Damage>> AllAsync(CancellationToken cancellation) =>
        [.. (await KnownAsync(cancellation)).Values.OrderBy(damage => damage.Image)];

    /// <summary>How many contents are known to be damaged.</summary>
    public async ValueTask<int> CountAsync(CancellationToken cancellation) => (await KnownAsync(cancellation)).Count;

    /// <summary>What is known about a content; null if nothing bad.</summary>
    public async ValueTask<Damage?> FindAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        (await KnownAsync(cancellation)).GetValueOrDefault(new(image, content));

    /// <summary>Enters damages, each in place of an earlier one of the same content.</summary>
    /// <returns>Those that are news.</returns>
    public async Task<IReadOnlyList<Damage>> EnterAsync(IReadOnlyList<Damage> damages, CancellationToken cancellation)
    {
        var known = await KnownAsync(cancellation);
        Damage[] news = [.. damages.Where(damage => !(known.TryGetValue(damage.Of, out var earlier) && damage.Repeats(earlier)))];
        await ChangeAsync(news, [], cancellation);
        return news;
    }

    /// <summary>Forgets a content that was found to be good, or that is gone.</summary>
    public async Task ClearAsync(Uuid image, ContentKey content, CancellationToken cancellation)
    {
        if (await FindAsync(image, content, cancellation) is not null)
        {
            await ChangeAsync([], [new(image, content)], cancellation);
        }
    }

    /// <summary>Keeps what is known about an image that has got another uuid.</summary>
    public async Task MoveAsync(Uuid from, Uuid to, CancellationToken cancellation)
    {
        Damage[] moving = [.. (await KnownAsync(cancellation)).Values.Where(damage => damage.Image == from)];
        await ChangeAsync([.. moving.Select(damage => damage with { Image = to })], [.. moving.Select(damage => damage.Of)], cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private async ValueTask<Damages> KnownAsync(CancellationToken cancellation)
    {
        var state = _state;
        var kept = await store.LoadAsync(cancellation);
        if (kept is null || ReferenceEquals(kept, state.Kept))
        {
            return state.Known;
        }

        // A change at the same moment may overwrite this; then the next call loads again.
        var known = Apply(Index(kept), state.Entered.Values, state.Cleared);
        Interlocked.CompareExchange(ref _state, state with { Kept = kept, Known = known }, state);
        return known;
    }

    private async Task ChangeAsync(Damage[] entered, DamagedContent[] cleared, CancellationToken cancellation)
    {
        if (entered.Length + cleared.Length == 0)
        {
            return;
        }

        await _changing.WaitAsync(cancellation);
        try
        {
            var known = Apply(await KnownAsync(cancellation), entered, cleared);
            var isLost = await store.LoadAsync(cancellation) is null;
            var unkeptEntered = isLost ? known : Apply(_state.Entered, entered, cleared);
            var unkeptCleared = _state.Cleared.Union(cleared);
            _state = await store.ChangeAsync([.. unkeptEntered.Values], unkeptCleared, cancellation)
                ? new State(null, known, Damages.Empty, [])
                : new State(null, known, unkeptEntered, unkeptCleared);
        }
        finally
        {
            _changing.Release();
        }
    }

    private static Damages Index(IEnumerable<Damage> damages) => Apply(Damages.Empty, damages, []);

    private static Damages Apply(Damages known, IEnumerable<Damage> entered, IEnumerable<DamagedContent> cleared) =>
        known.RemoveRange(cleared).SetItems(entered.Select(damage => KeyValuePair.Create(damage.Of, damage)));

    /// <summary>An instant of the register.</summary>
    /// <param name="Kept">What the store held when it was last loaded; null to load it again.</param>
    /// <param name="Known">All that is known.</param>
    /// <param name="Entered">What was entered and the store could not keep.</param>
    /// <param name="Cleared">What was cleared and the store could not forget.</param>
    private sealed record State(IReadOnlyList<Damage>? Kept, Damages Known, Damages Entered, ImmutableHashSet<DamagedContent> Cleared);
}
