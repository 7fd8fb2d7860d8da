using System.Collections.Immutable;
using Damages = System.Collections.Immutable.ImmutableDictionary<ImgApi.Domain.Integrity.DamagedContent, ImgApi.Domain.Integrity.Damage>;

namespace ImgApi.Domain.Integrity;

/// <summary>
/// The known damage, including that which other processes add to the same store. Registered content is not served, but never deleted.
/// Changes that the store could not save are kept in memory and saved with the next change.
/// </summary>
public sealed class DamageRegister(IDamageStore store) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private volatile State _state = new(null, Damages.Empty, Damages.Empty, []);

    /// <summary>In the order of the images' UUIDs.</summary>
    public async ValueTask<IReadOnlyList<Damage>> AllAsync(CancellationToken cancellation) =>
        [.. (await KnownAsync(cancellation)).Values.OrderBy(damage => damage.Image)];

    public async ValueTask<int> CountAsync(CancellationToken cancellation) => (await KnownAsync(cancellation)).Count;

    public async ValueTask<Damage?> FindAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        (await KnownAsync(cancellation)).GetValueOrDefault(new(image, content));

    /// <summary>The UUIDs of those images whose file is damaged.</summary>
    public async ValueTask<IReadOnlySet<Uuid>> OfFilesAsync(IEnumerable<Image> images, CancellationToken cancellation)
    {
        var known = await KnownAsync(cancellation);
        return images.Where(image => image.File?.Content is { } content && known.ContainsKey(new(image.Uuid, content)))
            .Select(image => image.Uuid).ToHashSet();
    }

    /// <summary>Adds damages. Each replaces an earlier one of the same content. Returns those that were not known.</summary>
    public async Task<IReadOnlyList<Damage>> EnterAsync(IReadOnlyList<Damage> damages, CancellationToken cancellation)
    {
        var known = await KnownAsync(cancellation);
        Damage[] news = [.. damages.Where(damage => !(known.TryGetValue(damage.Key, out var earlier) && damage.Repeats(earlier)))];
        await ChangeAsync(news, [], cancellation);
        return news;
    }

    /// <summary>Removes a content that was found to be intact, or that no longer exists.</summary>
    public async Task ClearAsync(Uuid image, ContentKey content, CancellationToken cancellation)
    {
        if (await FindAsync(image, content, cancellation) is not null)
        {
            await ChangeAsync([], [new(image, content)], cancellation);
        }
    }

    /// <summary>Moves the damage of an image that has a new UUID.</summary>
    public async Task MoveAsync(Uuid from, Uuid to, CancellationToken cancellation)
    {
        Damage[] moving = [.. (await KnownAsync(cancellation)).Values.Where(damage => damage.Image == from)];
        await ChangeAsync([.. moving.Select(damage => damage with { Image = to })], [.. moving.Select(damage => damage.Key)], cancellation);
    }

    public void Dispose() => _changing.Dispose();

    private async ValueTask<Damages> KnownAsync(CancellationToken cancellation)
    {
        var state = _state;
        var stored = await store.LoadAsync(cancellation);
        if (stored is null || ReferenceEquals(stored, state.Stored))
        {
            return state.Known;
        }

        // A concurrent change may overwrite this; then the next call loads again.
        var known = Apply(Apply(Damages.Empty, stored, []), state.Entered.Values, state.Cleared);
        Interlocked.CompareExchange(ref _state, state with { Stored = stored, Known = known }, state);
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
            var isUnreadable = await store.LoadAsync(cancellation) is null;
            var unsavedEntered = isUnreadable ? known : Apply(_state.Entered, entered, cleared);
            var unsavedCleared = _state.Cleared.Union(cleared);
            _state = await store.ChangeAsync([.. unsavedEntered.Values], unsavedCleared, cancellation)
                ? new State(null, known, Damages.Empty, [])
                : new State(null, known, unsavedEntered, unsavedCleared);
        }
        finally
        {
            _changing.Release();
        }
    }

    private static Damages Apply(Damages known, IEnumerable<Damage> entered, IEnumerable<DamagedContent> cleared) =>
        known.RemoveRange(cleared).SetItems(entered.Select(damage => KeyValuePair.Create(damage.Key, damage)));

    /// <param name="Stored">The content of the store when it was last loaded; null to load it again.</param>
    /// <param name="Entered">Additions that the store could not save.</param>
    /// <param name="Cleared">Removals that the store could not save.</param>
    private sealed record State(IReadOnlyList<Damage>? Stored, Damages Known, Damages Entered, ImmutableHashSet<DamagedContent> Cleared);
}
