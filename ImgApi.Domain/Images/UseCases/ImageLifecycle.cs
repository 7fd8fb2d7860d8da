using ImgApi.Domain.Errors;
using ImgApi.Domain.Integrity;

namespace ImgApi.Domain.Images.UseCases;

/// <summary>
/// The changes that move no content. Each takes a guard that sees the image as it is at the moment of the change and
/// throws to refuse it (visibility, ownership, preconditions), and returns the image after the change. An unknown image
/// is <c>ResourceNotFound</c>.
/// </summary>
public sealed class ImageLifecycle(IImageRepository images, DamageRegister damages)
{
    /// <summary>Adds a new image whose details are valid.</summary>
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>; <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins.</exception>
    public async Task<Image> AddAsync(Image image, CancellationToken cancellation)
    {
        await images.AddAsync(image, catalogue => Origins.EnsureUsable(image.Uuid, image.Details.Origin, catalogue), cancellation);
        return image;
    }

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
    /// <param name="uuid">The image.</param>
    /// <param name="guard">Throws to refuse.</param>
    /// <param name="change">Makes, of the image at the moment of the change, what it shall become; throws to refuse.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <exception cref="ImgApiException">
    /// <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins; <c>ImageHasDependentImages</c> for a new uuid of
    /// an origin of others.
    /// </exception>
    public async Task<Image> UpdateAsync(Uuid uuid, Action<Image> guard, Func<Image, ImageChange> change, CancellationToken cancellation)
    {
        var after = await images.ChangeAsync(uuid, Update, cancellation);
        if (after.Uuid != uuid)
        {
            damages.Move(uuid, after.Uuid);
        }

        return after;

        Image Update(Image image, ICatalogueView catalogue)
        {
            guard(image);
            var next = change(image);
            var updated = image.Update(next);
            if (updated.Details.Origin != image.Details.Origin)
            {
                Origins.EnsureUsable(uuid, updated.Details.Origin, catalogue);
            }

            if (updated.Uuid != uuid)
            {
                Origins.EnsureNoDependents(uuid, null, catalogue);
            }

            return updated;
        }
    }

    /// <summary>Contract 8.4: puts the image into one more channel; see <see cref="Image.JoinChannel"/>.</summary>
    public Task<Image> JoinChannelAsync(Uuid uuid, string channel, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.JoinChannel(channel), cancellation);

    /// <summary>Refuses details whose origin is unknown; null is no origin.</summary>
    /// <exception cref="ImgApiException"><c>OriginDoesNotExist</c>.</exception>
    public async Task EnsureOriginExistsAsync(string? origin, CancellationToken cancellation)
    {
        if (origin is not null && (!Uuid.TryParse(origin, out var uuid) || await images.FindAsync(uuid, cancellation) is null))
        {
            throw Origins.DoesNotExist(origin);
        }
    }

    /// <summary>The image, or null if there is none.</summary>
    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => images.FindAsync(uuid, cancellation);

    private Task<Image> ChangeAsync(Uuid uuid, Action<Image> guard, Func<Image, Image> change, CancellationToken cancellation) =>
        images.ChangeAsync(uuid, (image, _) =>
        {
            guard(image);
            return change(image);
        }, cancellation);
}
