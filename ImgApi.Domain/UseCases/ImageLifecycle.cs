using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Changes without content. Each takes a guard that throws to refuse the image (visibility, ownership, preconditions), and returns the image
/// after the change. The guard sees the version that is replaced, and is called again if another writer was faster. An unknown image is
/// <c>ResourceNotFound</c>.
/// </summary>
public sealed class ImageLifecycle(IImageRepository images, DamageRegister damages)
{
    /// <summary>Adds a new image with valid details.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>; <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins.</exception>
    public Task<Image> AddAsync(Image image, CancellationToken cancellation) =>
        images.AddAsync(image, WriteConditions.UsableOrigin, cancellation);

    /// <summary>Contract 5.14; see <see cref="Image.Disable"/>.</summary>
    public Task<Image> DisableAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.Disable(), cancellation);

    /// <summary>Contract 5.14; see <see cref="Image.Enable"/>.</summary>
    public Task<Image> EnableAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.Enable(), cancellation);

    /// <summary>Contract 5.16; see <see cref="Image.GrantAccess"/>.</summary>
    public Task<Image> GrantAccessAsync(Uuid uuid, IReadOnlyList<Uuid> accounts, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.GrantAccess(accounts), cancellation);

    /// <summary>Contract 5.16; see <see cref="Image.RevokeAccess"/>.</summary>
    public Task<Image> RevokeAccessAsync(Uuid uuid, IReadOnlyList<Uuid> accounts, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.RevokeAccess(accounts), cancellation);

    /// <summary>Contract 5.15; see <see cref="Image.Update"/>.</summary>
    /// <param name="guard">Throws to refuse the image.</param>
    /// <param name="change">Computes the update for the version that is replaced; throws to refuse it.</param>
    /// <exception cref="ImgApiException">
    /// <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins; <c>ImageHasDependentImages</c> for a new UUID of
    /// an image with dependents.
    /// </exception>
    public async Task<Image> UpdateAsync(Uuid uuid, Action<Image> guard, Func<Image, ImageChange> change, CancellationToken cancellation)
    {
        var (_, after) = await images.ChangeAsync(uuid, Update, Conditions, cancellation);
        if (after.Uuid != uuid)
        {
            await damages.MoveAsync(uuid, after.Uuid, CancellationToken.None);
        }

        return after;

        Image Update(Image image)
        {
            guard(image);
            return image.Update(change(image));
        }

        static WriteConditions Conditions(Image before, Image after)
        {
            var conditions = after.Details.Origin == before.Details.Origin ? WriteConditions.None : WriteConditions.UsableOrigin;
            return conditions with { NoDependents = after.Uuid != before.Uuid };
        }
    }

    /// <summary>Contract 8.4; see <see cref="Image.JoinChannel"/>.</summary>
    public Task<Image> JoinChannelAsync(Uuid uuid, string channel, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.JoinChannel(channel), cancellation);

    /// <summary>Refuses an unknown origin; null is no origin.</summary>
    /// <exception cref="ImgApiException"><c>OriginDoesNotExist</c>.</exception>
    public async Task EnsureOriginExistsAsync(string? origin, CancellationToken cancellation)
    {
        if (origin is not null && (!Uuid.TryParse(origin, out var uuid) || await images.FindAsync(uuid, cancellation) is null))
        {
            throw OriginRules.OriginNotFound(origin);
        }
    }

    /// <summary>The image, or null if there is none.</summary>
    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => images.FindAsync(uuid, cancellation);

    private async Task<Image> ChangeAsync(Uuid uuid, Action<Image> guard, Func<Image, Image> change, CancellationToken cancellation)
    {
        var (_, after) = await images.ChangeAsync(uuid, Guarded, cancellation);
        return after;

        Image Guarded(Image image)
        {
            guard(image);
            return change(image);
        }
    }
}
