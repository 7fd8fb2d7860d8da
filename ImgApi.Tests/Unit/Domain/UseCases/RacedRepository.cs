using ImgApi.Domain.Storage;

namespace ImgApi.Tests.Unit.Domain.UseCases;

/// <summary>A repository that lets another writer win once: <see cref="Rival"/> runs right before the next write of an existing image.</summary>
internal sealed class RacedRepository(IImageRepository inner) : IImageRepository
{
    public Func<Task>? Rival { get; set; }

    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => inner.FindAsync(uuid, cancellation);

    public ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation) => inner.FindSettledAsync(uuid, cancellation);

    public ValueTask<ImageList> QueryAsync(ImageQuery query, CancellationToken cancellation) => inner.QueryAsync(query, cancellation);

    public ValueTask<IReadOnlyList<ImageVersions>> QueryVersionsAsync(ImageQuery query, CancellationToken cancellation) =>
        inner.QueryVersionsAsync(query, cancellation);

    public Task<Image> AddAsync(Image image, WriteConditions conditions, CancellationToken cancellation) =>
        inner.AddAsync(image, conditions, cancellation);

    public async Task<Image?> TryReplaceAsync(Image before, Image after, WriteConditions conditions, CancellationToken cancellation)
    {
        await LetRivalWriteAsync();
        return await inner.TryReplaceAsync(before, after, conditions, cancellation);
    }

    public async Task<bool> TryRemoveAsync(Image image, WriteConditions conditions, CancellationToken cancellation)
    {
        await LetRivalWriteAsync();
        return await inner.TryRemoveAsync(image, conditions, cancellation);
    }

    private async Task LetRivalWriteAsync()
    {
        var rival = Rival;
        Rival = null;
        await (rival?.Invoke() ?? Task.CompletedTask);
    }
}
