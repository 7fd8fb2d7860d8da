using System.Collections.Immutable;
using ImgApi.Domain.Storage;

namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// The images in memory, from which a repository answers reads, and the writes in flight. A write is checked and begun here, stored without
/// any lock, and completed or abandoned here.
/// </summary>
internal sealed class ImageCatalogue(CatalogueSnapshot initial)
{
    private readonly Lock _gate = new();
    private volatile CatalogueSnapshot _current = initial;
    private ImmutableList<PendingWrite> _pending = [];

    /// <summary>The current images, without the writes in flight.</summary>
    public CatalogueSnapshot Current => _current;

    /// <summary>The image after the writes that are in flight now; null if there is none then.</summary>
    public async ValueTask<Image?> FindSettledAsync(Uuid uuid, CancellationToken cancellation)
    {
        if (PendingOf(uuid) is { } write)
        {
            await write.Settled.WaitAsync(cancellation);
        }

        return Current.Find(uuid);
    }

    /// <summary>Begins a write, after the writes in flight of the same UUIDs.</summary>
    /// <param name="before">The image as it was read; null for an addition.</param>
    /// <param name="after">The next image; null for a removal.</param>
    /// <param name="conditions">Conditions on other images.</param>
    /// <returns>Null if the image was changed or removed since it was read; never null for an addition.</returns>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or a condition is not met.</exception>
    public async Task<PendingWrite?> BeginAsync(Image? before, Image? after, WriteConditions conditions, CancellationToken cancellation)
    {
        var write = new PendingWrite(before, after);
        while (true)
        {
            PendingWrite? earlier;
            lock (_gate)
            {
                earlier = PendingOf(before?.Uuid) ?? PendingOf(after?.Uuid);
                if (earlier is null)
                {
                    return TryEnter(write, conditions) ? write : null;
                }
            }

            await earlier.Settled.WaitAsync(cancellation);
        }
    }

    /// <summary>Makes a stored write visible.</summary>
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

    /// <summary>Ends a write that failed.</summary>
    public void Abandon(PendingWrite write)
    {
        lock (_gate)
        {
            _pending = _pending.Remove(write);
        }

        write.Settle();
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
