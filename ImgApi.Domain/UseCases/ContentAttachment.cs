namespace ImgApi.Domain.UseCases;

/// <summary>Makes images name committed content. If that fails, the new content is deleted, otherwise the content that it replaces.</summary>
internal sealed class ContentAttachment(IImageRepository images, IContentStore contents)
{
    /// <param name="inspection">The inspection of the file, which may refuse it for the image as it is now.</param>
    /// <exception cref="ImgApiException"><c>ImageAlreadyActivated</c>, <c>ContentCheckFailed</c>, and what the guard throws.</exception>
    public Task<Image> AttachFileAsync(
        Uuid uuid, UploadInspection inspection, ImageFile file, Action<Image> guard, CancellationToken cancellation)
    {
        return ReferToAsync(uuid, file.Content!.Value, image => image.File?.Content, guard.Then(Attach), cancellation);

        Image Attach(Image image)
        {
            image.EnsureNotActivated();
            return inspection.EnsureInstallable(image.AttachFile(file));
        }
    }

    /// <param name="named">The content of this kind that an image names.</param>
    /// <param name="change">Makes the image name <paramref name="content"/>.</param>
    public async Task<Image> ReferToAsync(
        Uuid uuid, ContentKey content, Func<Image, ContentKey?> named, Func<Image, Image> change, CancellationToken cancellation)
    {
        (Image Before, Image After) replacement;
        try
        {
            replacement = await images.ChangeAsync(uuid, change, cancellation);
        }
        catch
        {
            // A write that failed late may have taken effect. Content that the image names must stay.
            if (await images.FindAsync(uuid, CancellationToken.None) is not { } now || named(now) != content)
            {
                await contents.DeleteAsync(uuid, content);
            }

            throw;
        }

        if (named(replacement.Before) is { } obsolete)
        {
            await contents.DeleteAsync(uuid, obsolete);
        }

        return replacement.After;
    }
}
