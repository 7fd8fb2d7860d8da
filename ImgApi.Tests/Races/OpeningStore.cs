using ImgApi.Domain.Images;

namespace ImgApi.Tests.Races;

/// <summary>A real store that lets something happen at the instant before it opens a content.</summary>
internal sealed class OpeningStore(IImageContentStore store) : IImageContentStore
{
    /// <summary>Happens once.</summary>
    public Func<Task>? BeforeNextOpening { get; set; }

    public async ValueTask<IContentReader?> OpenReadAsync(Uuid image, ContentKey content, CancellationToken cancellation)
    {
        var before = BeforeNextOpening;
        BeforeNextOpening = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        return await store.OpenReadAsync(image, content, cancellation);
    }

    public Task<IContentWriter> BeginWriteAsync(Uuid image, ContentName name, long? length, CancellationToken cancellation) =>
        store.BeginWriteAsync(image, name, length, cancellation);

    public Task<string?> ComputeMd5Async(Uuid image, ContentKey content, CancellationToken cancellation) =>
        store.ComputeMd5Async(image, content, cancellation);

    public Task DeleteAsync(Uuid image, ContentKey content) => store.DeleteAsync(image, content);
}
