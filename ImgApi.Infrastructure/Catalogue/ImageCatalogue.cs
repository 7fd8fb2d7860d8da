using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// All images in memory, from which a repository answers readers, and the writes in flight. A write begins here, where it is checked,
/// then happens on the medium without any lock, and then is completed or abandoned here.
/// </summary>
internal sealed class ImageCatalogue(CatalogueSnapshot initial)
{
    private readonly Lock _gate = new();
    private volatile CatalogueSnapshot _current = initial;
    private ImmutableList<PendingWrite> _pending = [];

    /// <summary>The images as of now, without the writes in flight. Never waits.</summary>
    public CatalogueSnapshot Current => _current;

    /// <summary>The image once the writes of it that have begun are done; null if there is none then.</summary>
    public async ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation)
    {
        if (PendingOf(uuid) is { } write)
        {
            await write.Settled.WaitAsync(cancellation);
        }

        return Current.Find(uuid);
    }

    /// <summary>Begins an addition, once the writes in flight of the same uuid are done.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what the conditions refuse.</exception>
    public async Task<PendingWrite> BeginAddAsync(Image image, WriteConditions conditions, CancellationToken cancellation) =>
        (await BeginAsync(new PendingWrite(null, image), conditions, cancellation))!;

    /// <summary>Begins the replacement or the removal of an image, once the writes in flight of the same uuids are done.</summary>
    /// <param name="before">The image as it was read.</param>
    /// <param name="after">Its next version; null to remove it.</param>
    /// <param name="conditions">What the write demands of other images.</param>
    /// <returns>Null if the image was changed or removed since it was read.</returns>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what the conditions refuse.</exception>
    public Task<PendingWrite?> BeginReplaceAsync(Image before, Image? after, WriteConditions conditions, CancellationToken cancellation) =>
        BeginAsync(new PendingWrite(before, after), conditions, cancellation);

    /// <summary>Makes a write that has happened visible.</summary>
    /// <returns>The image as stored; null after a removal.</returns>
    public Image? Complete(PendingWrite write)
    {
        Image? stored;
        lock (_gate)
        {
            stored = write.After?.Stored(_current.Revision + 1);
            _current = _current.Replace(write.Before, stored);
            _pending = _pending.Remove(write);
        }

        write.Settle();
        return stored;
    }

    /// <summary>Forgets a write that did not happen.</summary>
    public void Abandon(PendingWrite write)
    {
        lock (_gate)
        {
            _pending = _pending.Remove(write);
        }

        write.Settle();
    }

    private async Task<PendingWrite?> BeginAsync(PendingWrite write, WriteConditions conditions, CancellationToken cancellation)
    {
        while (true)
        {
            PendingWrite? earlier;
            lock (_gate)
            {
                earlier = PendingOf(write.Before?.Uuid) ?? PendingOf(write.After?.Uuid);
                if (earlier is null)
                {
                    return TryEnter(write, conditions) ? write : null;
                }
            }

            await earlier.Settled.WaitAsync(cancellation);
        }
    }

    private PendingWrite? PendingOf(Uuid? uuid) => Volatile.Read(ref _pending).Find(write => write.Affects(uuid));

    private bool TryEnter(PendingWrite write, WriteConditions conditions)
    {
        var (before, after) = (write.Before, write.After);
        if (before is null)
        {
            EnsureFree(after!.Uuid);
        }
        else if (_current.Find(before.Uuid)?.Revision != before.Revision)
        {
            return false;
        }

        OriginRules.Ensure(conditions, before, after, new PendingOriginGraph(_current, _pending));
        if (before is not null && after is not null && before.Uuid != after.Uuid)
        {
            EnsureFree(after.Uuid);
        }

        _pending = _pending.Add(write);
        return true;
    }

    private void EnsureFree(Uuid uuid)
    {
        if (_current.Find(uuid) is not null)
        {
            throw ImgApiException.UuidInUse(uuid);
        }
    }
}
