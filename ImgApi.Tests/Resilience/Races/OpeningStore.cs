using ImgApi.Domain.Storage;

namespace ImgApi.Tests.Resilience.Races;

/// <summary>A real store with a hook right before it opens content.</summary>
internal sealed class OpeningStore(IContentStore store) : IContentStore
{
    /// <summary>Called once, before the next opening.</summary>
    public Func<Task>? BeforeNextOpening { get; set; }

    public async ValueTask<IContentReader?> OpenAsync(Uuid image, ContentKey content, CancellationToken cancellation)
    {
        var before = BeforeNextOpening;
        BeforeNextOpening = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return await store.OpenAsync(image, content, cancellation);
    }

    public Task<IContentWriter> CreateAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation) =>
        store.CreateAsync(image, name, length, cancellation);

    public Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation) =>
        store.ComputeMd5Async(image, content, cancellation);

    public ValueTask<ContentLocation?> LocateAsync(Uuid image, ContentKey content, CancellationToken cancellation) =>
        store.LocateAsync(image, content, cancellation);

    public Task DeleteAsync(Uuid image, ContentKey content) => store.DeleteAsync(image, content);
}
