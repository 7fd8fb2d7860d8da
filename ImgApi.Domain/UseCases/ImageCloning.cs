namespace ImgApi.Domain.UseCases;

/// <summary>Copies an image for an account that it is shared with, and those origins that the administrator does not own (contract 5.24).</summary>
public sealed class ImageCloning(
    IImageRepository images, IContentStore contents, ImageLifecycle lifecycle, ImageUploads uploads, ImageActivation activation, ServerRules rules)
{
    public static void EnsureCloneable(Image image, Uuid account)
    {
        var refusal = !image.Activated ? ImgApiException.ValidationFailed("active", "image is not active")
            : !image.Details.Acl.Contains(account) ? new(ErrorCode.ImageNotShared, $"Image {image.Uuid} is not shared with account {account}")
            : image.Details.Type == ImageType.Docker ? ImgApiException.ValidationFailed("type", "docker images cannot be cloned")
            : null;
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <summary>Creates the copies, the first origin first, and returns the image's own. If one fails, all of them are removed.</summary>
    /// <param name="publisher">The user who becomes the publisher of the copies; null if unknown.</param>
    public async Task<Image> CloneAsync(Image image, Uuid account, string? publisher, CancellationToken cancellation)
    {
        var copies = new Stack<Uuid>();
        try
        {
            Image? copy = null;
            foreach (var original in await ChainAsync(image, cancellation))
            {
                var next = CopyOf(original, account, copy?.Uuid, isLast: original.Uuid == image.Uuid).PublishedBy(publisher);
                copy = await AddAsync(next, original, copies, cancellation);
            }

            return copy!;
        }
        catch
        {
            while (copies.TryPop(out var uuid))
            {
                await RollBackAsync(uuid);
            }

            throw;
        }
    }

    /// <summary>A copy that cannot be removed must hide neither the other copies nor the original error.</summary>
    private async Task RollBackAsync(Uuid uuid)
    {
        try
        {
            await images.RemoveAsync(uuid, _ => { }, WriteConditions.None, CancellationToken.None);
        }
        catch (ImgApiException)
        {
            // It stays, disabled or not activated, visible to the operator.
        }
    }

    /// <summary>The origins to copy, the first one first, followed by the image itself.</summary>
    private async Task<Stack<Image>> ChainAsync(Image image, CancellationToken cancellation)
    {
        var chain = new Stack<Image>([image]);
        while (chain.Peek().Details.Origin is { } origin
            && await images.FindAsync(origin, cancellation) is { } next
            && next.Details.Owner != Uuid.Zero && next.Details.Owner != rules.AdminUuid
            && chain.All(seen => seen.Uuid != origin))
        {
            chain.Push(next);
        }

        return chain;
    }

    private static Image CopyOf(Image original, Uuid account, Uuid? origin, bool isLast) => Image.Create(Uuid.New(), original.Details with
    {
        Owner = account,
        Acl = [],
        PublishedAt = null,
        Origin = origin ?? original.Details.Origin,
        Disabled = !isLast || original.Details.Disabled,
    });

    private async Task<Image> AddAsync(Image copy, Image original, Stack<Uuid> copies, CancellationToken cancellation)
    {
        await lifecycle.AddAsync(copy, cancellation);
        copies.Push(copy.Uuid);
        try
        {
            await CopyContentAsync(original, copy.Uuid, cancellation);
        }
        catch (ImgApiException refusal) when (refusal.Code == ErrorCode.Download || refusal.Code == ErrorCode.Upload)
        {
            // These bytes were not sent by the caller, so the stored content is damaged.
            throw new ImgApiException(ErrorCode.Internal, $"the stored content of image \"{original.Uuid}\" is damaged", inner: refusal);
        }

        return await activation.ActivateAsync(copy.Uuid, _ => { }, isForced: true, cancellation);
    }

    /// <summary>Copies file and icon as uploads, so that the hash check refuses damaged bytes.</summary>
    private async Task CopyContentAsync(Image original, Uuid copy, CancellationToken cancellation)
    {
        if (original.File is { } file)
        {
            await using var body = await OpenAsync(original, file.Content, cancellation);
            var upload = new FileUpload(body, file.Size, new(file.Compression, Stored(file.Sha1), file.DatasetGuid) { IsForced = true });
            await uploads.AddFileAsync(copy, upload, _ => { }, cancellation);
        }

        if (original.Icon is { } icon)
        {
            await using var body = await OpenAsync(original, icon.Content, cancellation);
            await uploads.AddIconAsync(copy, new IconUpload(body, icon.Size, icon.ContentType, Stored(icon.Sha1)), _ => { }, cancellation);
        }
    }

    private static ContentClaims Stored(string? sha1) => new(sha1) { AreStored = true };

    private async Task<Stream> OpenAsync(Image image, ContentKey? content, CancellationToken cancellation) =>
        content is { } key && await contents.OpenAsync(image.Uuid, key, cancellation) is { } reader
            ? new ContentStream(reader)
            : throw ImgApiException.NotFound($"the content of image \"{image.Uuid}\" is missing");
}
