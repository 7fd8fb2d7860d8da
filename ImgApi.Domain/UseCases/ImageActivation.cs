using ImgApi.Domain.Integrity;

namespace ImgApi.Domain.UseCases;

/// <summary>Activation (contract 5.13). It makes the file immutable, so the file must exist and have no known damage.</summary>
public sealed class ImageActivation(
    IImageRepository images, IContentStore contents, DamageRegister damages, ServerRules rules, TimeProvider clock)
{
    /// <summary>See <see cref="Image.Activate"/>. A missing or damaged file is <c>NoActivationNoFile</c>, since another upload repairs it.</summary>
    /// <param name="isForced">See <see cref="FileDescription.IsForced"/>.</param>
    public Task<Image> ActivateAsync(Uuid uuid, Action<Image> guard, bool isForced, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, isForced, waits: false, cancellation);

    /// <summary>Lets an image wait for approval, see <see cref="Image.RequestApproval"/>. One that cannot be activated is refused already.</summary>
    /// <param name="isForced">See <see cref="FileDescription.IsForced"/>.</param>
    public Task<Image> RequestApprovalAsync(Uuid uuid, Action<Image> guard, bool isForced, CancellationToken cancellation) =>
        ChangeAsync(uuid, guard, isForced, waits: true, cancellation);

    /// <summary>Whether a file exists with the right size and has no known damage. Its bytes are not read.</summary>
    public async Task<bool> IsIntactAsync(Uuid uuid, ImageFile file, CancellationToken cancellation) =>
        await FindDefectAsync(uuid, file, cancellation) is null;

    private async Task<Image> ChangeAsync(Uuid uuid, Action<Image> guard, bool isForced, bool waits, CancellationToken cancellation)
    {
        var (_, after) = await images.ChangeAsync(uuid, Activate, (_, _) => WriteConditions.None, cancellation);
        return after;

        async ValueTask<Image> Activate(Image image)
        {
            guard(image);
            var now = clock.GetUtcNow();
            var activated = image.Activate(now);
            if (!isForced)
            {
                ContentFindings.EnsureNone(image, rules);
            }

            return await FindDefectAsync(uuid, image.File!, cancellation) is not { } defect ? waits ? image.RequestApproval(now) : activated : throw new ImgApiException(
                ErrorCode.NoActivationNoFile, $"image \"{uuid}\" cannot be activated: its file is {defect}, upload it again");
        }
    }

    private async Task<string?> FindDefectAsync(Uuid uuid, ImageFile file, CancellationToken cancellation)
    {
        if (file.Content is not { } content)
        {
            return "missing";
        }

        using var reader = await contents.OpenAsync(uuid, content, cancellation);
        return reader is null ? "missing"
            : reader.Length != file.Size || await damages.FindAsync(uuid, content, cancellation) is { IsUnreadable: false } ? "damaged"
            : null;
    }
}
