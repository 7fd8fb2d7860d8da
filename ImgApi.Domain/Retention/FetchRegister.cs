using System.Collections.Concurrent;

namespace ImgApi.Domain.Retention;

/// <summary>
/// Counts in memory how often the file of each image is fetched. <see cref="FlushAsync"/> stores the counts, so a killed process loses those
/// since the last flush.
/// </summary>
public sealed class FetchRegister(IFetchStore store, IImageFinder images, TimeProvider clock)
{
    private readonly Lazy<Task<State>> _state = new(() => LoadAsync(store, clock));

    /// <summary>Counts a download that was completed.</summary>
    public async ValueTask AddAsync(Uuid image)
    {
        var state = await _state.Value;
        var now = clock.GetUtcNow();
        state.Images.AddOrUpdate(image, _ => Fetches.None.Next(now), (_, before) => before.Next(now));
        state.IsChanged = true;
    }

    public async ValueTask<Fetches> OfAsync(Uuid image) => (await _state.Value).Images.GetValueOrDefault(image) ?? Fetches.None;

    /// <summary>When counting began. Earlier downloads are unknown.</summary>
    public async ValueTask<DateTimeOffset> SinceAsync() => (await _state.Value).Since;

    /// <summary>Forgets removed images, and stores the counts if they have changed.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var state = await _state.Value;
        foreach (var image in state.Images.Keys)
        {
            if (await images.FindAsync(image, cancellation) is null && state.Images.TryRemove(image, out _))
            {
                state.IsChanged = true;
            }
        }

        if (state.IsChanged)
        {
            // Before the counts are read, so that a download meanwhile calls for another flush.
            state.IsChanged = false;
            state.IsChanged |= !await store.SaveAsync(new FetchRecord(state.Since, new Dictionary<Uuid, Fetches>(state.Images)), cancellation);
        }
    }

    private static async Task<State> LoadAsync(IFetchStore store, TimeProvider clock)
    {
        var stored = await store.LoadAsync(CancellationToken.None);
        return stored is null
            ? new State(clock.GetUtcNow(), []) { IsChanged = true }
            : new State(stored.Since, new ConcurrentDictionary<Uuid, Fetches>(stored.Images));
    }

    private sealed class State(DateTimeOffset since, ConcurrentDictionary<Uuid, Fetches> images)
    {
        private volatile bool _isChanged;

        public DateTimeOffset Since => since;

        public ConcurrentDictionary<Uuid, Fetches> Images => images;

        /// <summary>Whether the counts differ from those in the store.</summary>
        public bool IsChanged { get => _isChanged; set => _isChanged = value; }
    }
}
