namespace ImgApi.Domain.Uploads;

/// <summary>Finds uploads on behalf of requests, and removes those that are not wanted any more.</summary>
internal sealed class UploadRegister(IImageRepository images, IUploadStore store, UploadLimits limits, TimeProvider clock)
{
    public UploadProgress ProgressOf(StoredUpload stored, Image? committed = null) =>
        new(stored.Upload, stored.Offset, limits.ExpiryOf(stored), committed);

    private bool IsExpired(StoredUpload stored) => clock.GetUtcNow() >= limits.ExpiryOf(stored);

    /// <summary>The uploads that have not become a file and have not expired, in the order of their creation.</summary>
    public async ValueTask<IReadOnlyList<StoredUpload>> ListUnfinishedAsync(CancellationToken cancellation) =>
        [.. (await store.ListAsync(cancellation)).Where(stored => !stored.IsFinished && !IsExpired(stored))];

    /// <summary>Checks rights, image and upload.</summary>
    public async Task<(Image Image, StoredUpload Stored)> FindAsync(Uuid uuid, Uuid id, Action<Image> guard, CancellationToken cancellation)
    {
        var image = await images.GetAsync(uuid, cancellation);
        guard(image);
        var stored = await store.FindAsync(id, cancellation);
        return stored is not null && stored.Upload.Image == uuid && !IsExpired(stored)
            ? (image, stored)
            : throw ImgApiException.NotFound($"upload {id} not found: it may have expired");
    }

    /// <summary>
    /// Finds an upload at the beginning of a turn. Removes one that is not wanted any more, and finishes one whose bytes are the image's file:
    /// the process may have been killed before it recorded that.
    /// </summary>
    /// <exception cref="ImgApiException">See <see cref="UploadCommit.EnsureWanted"/>.</exception>
    public async Task<StoredUpload> BeginAsync(Uuid uuid, Uuid id, Action<Image> guard, CancellationToken cancellation)
    {
        var (image, stored) = await FindAsync(uuid, id, guard, cancellation);
        if (stored.IsFinished)
        {
            return stored;
        }

        if (stored.Content is { } content && image.File?.Content == content)
        {
            await FinishAsync(stored);
            return stored with { IsFinished = true };
        }

        await RemoveIfRefusedAsync(id, () =>
        {
            UploadCommit.EnsureWanted(stored.Upload, image);
            return Task.CompletedTask;
        });
        return stored;
    }

    /// <summary>Records that the image has its file. If that fails, the next request finds it out again, so it is not an error.</summary>
    public async Task FinishAsync(StoredUpload stored)
    {
        try
        {
            await store.FinishAsync(stored.Upload.Id, CancellationToken.None);
            await DropOldFinishedAsync();
        }
        catch (ImgApiException fault) when (IsFault(fault))
        {
            // The client must not see an error, since the image has its file.
        }
    }

    /// <summary>Removes an upload if the action finds out that no more bytes could make it succeed.</summary>
    public async Task RemoveIfRefusedAsync(Uuid id, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (ImgApiException refusal) when (!IsFault(refusal) && !CanGoOn(refusal))
        {
            await store.DeleteAsync(id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Removes an upload that expired or whose image was removed. The caller has its turn.</summary>
    /// <returns>Whether it was removed.</returns>
    public async Task<bool> TryPurgeAsync(Uuid id, CancellationToken cancellation)
    {
        // A request may just have continued it.
        if (await store.FindAsync(id, cancellation) is not { } stored || !await IsObsoleteAsync(stored, cancellation))
        {
            return false;
        }

        await store.DeleteAsync(id, CancellationToken.None);
        return true;
    }

    public async ValueTask<bool> IsObsoleteAsync(StoredUpload stored, CancellationToken cancellation) =>
        IsExpired(stored) || await images.FindAsync(stored.Upload.Image, cancellation) is null;

    public static bool IsFault(ImgApiException error) => error.Code.Status >= 500;

    private static bool CanGoOn(ImgApiException refusal) =>
        refusal.Code == ErrorCode.ChecksumMismatch || refusal.Code == ErrorCode.PayloadTooLarge || refusal.Code == ErrorCode.UploadConflict;

    /// <summary>Small files could otherwise add up to any number of finished uploads.</summary>
    private async Task DropOldFinishedAsync()
    {
        var finished = (await store.ListAsync(CancellationToken.None)).Where(stored => stored.IsFinished);
        foreach (var old in finished.OrderByDescending(stored => stored.LastActivityAt).Skip(limits.Finished))
        {
            await store.DeleteAsync(old.Upload.Id, CancellationToken.None);
        }
    }
}
