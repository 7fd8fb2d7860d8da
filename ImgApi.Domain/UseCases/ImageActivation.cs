using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;

namespace ImgApi.Domain.UseCases;

/// <summary>Activation (contract 5.13), which makes a file immutable: so it has to be there, and not known to be damaged.</summary>
public sealed class ImageActivation(
    IImageRepository images, IContentStore contents, DamageRegister damages, ServerRules rules, TimeProvider clock)
{
    /// <summary>Activates an image; see <see cref="Image.Activate"/>.</summary>
    /// <param name="uuid">The image.</param>
    /// <param name="guard">Throws to refuse the version of the image that is replaced.</param>
    /// <param name="isForced">Whether a file that no machine can install is no obstacle, whatever the server's rules say.</param>
    /// <param name="cancellation">Honoured until the write begins.</param>
    /// <returns>The image after the change.</returns>
    /// <exception cref="ImgApiException">
    /// <c>ResourceNotFound</c>; <c>ImageAlreadyActivated</c>; <c>NoActivationNoFile</c> if it has no file, or a file that is
    /// missing or damaged, which another upload mends; <c>ContentCheckFailed</c>.
    /// </exception>
    public async Task<Image> ActivateAsync(Uuid uuid, Action<Image> guard, bool isForced, CancellationToken cancellation)
    {
        var (_, after) = await images.ChangeAsync(uuid, Activate, (_, _) => WriteConditions.None, cancellation);
        return after;

        async ValueTask<Image> Activate(Image image)
        {
            guard(image);
            var activated = image.Activate(clock.GetUtcNow());
            if (!isForced)
            {
                ContentFindings.EnsureNone(image, rules);
            }

            return await FaultOfAsync(uuid, image.File!, cancellation) is not { } fault ? activated : throw new ImgApiException(
                ErrorCode.NoActivationNoFile, $"image \"{uuid}\" cannot be activated: its file is {fault}, upload it again");
        }
    }

    /// <summary>Whether a file can be opened, has its size, and is not known to be damaged; its bytes are not read.</summary>
    public async Task<bool> IsSoundAsync(Uuid uuid, ImageFile file, CancellationToken cancellation) =>
        await FaultOfAsync(uuid, file, cancellation) is null;

    private async Task<string?> FaultOfAsync(Uuid uuid, ImageFile file, CancellationToken cancellation)
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
