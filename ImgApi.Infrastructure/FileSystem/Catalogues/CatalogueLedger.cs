using System.Collections.Immutable;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;

namespace ImgApi.Infrastructure.FileSystem.Catalogues;

/// <summary>
/// The current catalogue and the writes under way. A write first passes its guard and is entered, then happens on the
/// disk without any lock of the ledger, then is completed or abandoned. Two writes of one image must not overlap; that
/// is up to the caller.
/// </summary>
internal sealed class CatalogueLedger(Catalogue initial)
{
    private readonly Lock _gate = new();
    private volatile Catalogue _current = initial;
    private ImmutableList<PendingWrite> _pending = [];

    /// <summary>The catalogue as of now, without the writes under way. Never waits.</summary>
    public Catalogue Current => _current;

    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, or what the guard throws.</exception>
    public PendingWrite BeginAdd(Image image, Action<ICatalogueView> guard)
    {
        lock (_gate)
        {
            EnsureFree(image.Uuid);
            guard(View());
            return Enter(null, image);
        }
    }

    /// <returns>Null if the change leaves the image as it is.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c>, <c>ImageUuidAlreadyExists</c>, or what the change throws.
    /// </exception>
    public PendingWrite? BeginChange(Image before, Func<Image, ICatalogueView, Image> change)
    {
        lock (_gate)
        {
            var after = change(before, View());
            if (ReferenceEquals(before, after))
            {
                return null;
            }

            if (before.Uuid != after.Uuid)
            {
                EnsureFree(after.Uuid);
            }

            return Enter(before, after);
        }
    }

    /// <exception cref="ImgApiException">What the guard throws.</exception>
    public PendingWrite BeginRemove(Image image, Action<Image, ICatalogueView> guard)
    {
        lock (_gate)
        {
            guard(image, View());
            return Enter(image, null);
        }
    }

    /// <summary>The write is on the disk: shows it to everyone.</summary>
    public void Complete(PendingWrite write)
    {
        lock (_gate)
        {
            _current = _current.Replace(write.Before, write.After);
            _pending = _pending.Remove(write);
        }
    }

    /// <summary>The write did not happen.</summary>
    public void Abandon(PendingWrite write)
    {
        lock (_gate)
        {
            _pending = _pending.Remove(write);
        }
    }

    private CatalogueView View() => new(_current, _pending);

    private void EnsureFree(Uuid uuid)
    {
        if (_current.Find(uuid) is not null || _pending.Exists(write => write.Claims(uuid)))
        {
            throw new ImgApiException(ErrorCode.ImageUuidAlreadyExists, $"image uuid \"{uuid}\" already exists");
        }
    }

    private PendingWrite Enter(Image? before, Image? after)
    {
        var write = new PendingWrite(before, after);
        _pending = _pending.Add(write);
        return write;
    }
}
