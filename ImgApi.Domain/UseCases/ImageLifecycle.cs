using ImgApi.Domain.Integrity;

namespace ImgApi.Domain.UseCases;

/// <summary>
/// Changes without content. Each returns the image after the change; an unknown image is <c>ResourceNotFound</c>. The guard throws to refuse
/// the version that is replaced (visibility, ownership, preconditions), and is called again if another writer was faster.
/// </summary>
public sealed class ImageLifecycle(IImageRepository images, DamageRegister damages)
{
    /// <exception cref="ImgApiException"><c>ImageUuidAlreadyExists</c>, <c>OriginDoesNotExist</c>, <c>ValidationFailed</c> for a circle.</exception>
    public Task<Image> AddAsync(Image image, CancellationToken cancellation) =>
        images.AddAsync(image, WriteConditions.UsableOrigin, cancellation);

    /// <summary>Contract 5.14; see <see cref="Image.Disable"/>.</summary>
    public Task<Image> DisableAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.Disable(), cancellation);

    /// <summary>Contract 5.14; see <see cref="Image.Enable"/>.</summary>
    public Task<Image> EnableAsync(Uuid uuid, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.Enable(), cancellation);

    /// <summary>See <see cref="Image.Reject"/>.</summary>
    public Task<Image> RejectAsync(Uuid uuid, string? user, string reason, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.Reject(user, reason), cancellation);

    /// <summary>Contract 5.16; see <see cref="Image.GrantAccess"/>.</summary>
    public Task<Image> GrantAccessAsync(Uuid uuid, IReadOnlyList<Uuid> accounts, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.GrantAccess(accounts), cancellation);

    /// <summary>Contract 5.16; see <see cref="Image.RevokeAccess"/>.</summary>
    public Task<Image> RevokeAccessAsync(Uuid uuid, IReadOnlyList<Uuid> accounts, Action<Image> guard, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, image => image.RevokeAccess(accounts), cancellation);

    /// <summary>Contract 5.15; see <see cref="Image.Update"/>.</summary>
    /// <param name="change">Computes the update for the version that is replaced; throws to refuse it.</param>
    /// <exception cref="ImgApiException">
    /// <c>OriginDoesNotExist</c>; <c>ValidationFailed</c> for a circle of origins; <c>ImageHasDependentImages</c> for a new UUID.
    /// </exception>
    public async Task<Image> UpdateAsync(Uuid uuid, Action<Image> guard, Func<Image, ImageChange> change, CancellationToken cancellation)
    {
        var (_, after) = await images.ChangeAsync(uuid, guard.Then(image => image.Update(change(image))), Conditions, cancellation);
        if (after.Uuid != uuid)
        {
            await damages.MoveAsync(uuid, after.Uuid, CancellationToken.None);
        }

        return after;

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
    public async Task EnsureOriginExistsAsync(string? origin, CancellationToken cancellation)
    {
        if (origin is not null && (!Uuid.TryParse(origin, out var uuid) || await images.FindAsync(uuid, cancellation) is null))
        {
            throw OriginRules.OriginNotFound(origin);
        }
    }

    public ValueTask<Image?> FindAsync(Uuid uuid, CancellationToken cancellation) => images.FindAsync(uuid, cancellation);

    private async Task<Image> ChangeAsync(Uuid uuid, Action<Image> guard, Func<Image, Image> change, CancellationToken cancellation) =>
        (await images.ChangeAsync(uuid, guard.Then(change), cancellation)).After;
}
