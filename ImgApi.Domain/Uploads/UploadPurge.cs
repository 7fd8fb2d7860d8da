namespace ImgApi.Domain.Uploads;

/// <summary>Removes uploads that expired or whose image was removed.</summary>
internal sealed class UploadPurge(IUploadStore store, LiveUploads live, UploadRegister register)
{
    /// <param name="removed">Called for each that was not finished.</param>
    public async Task RunAsync(Action<UploadProgress> removed, CancellationToken cancellation)
    {
        foreach (var stored in await store.ListAsync(cancellation))
        {
            if (await register.IsObsoleteAsync(stored, cancellation)
                && await TryPurgeAsync(stored.Upload.Id, cancellation)
                && !stored.IsFinished)
            {
                removed(register.ProgressOf(stored));
            }
        }
    }

    private async Task<bool> TryPurgeAsync(Uuid id, CancellationToken cancellation)
    {
        try
        {
            return await live.InTurnAsync(id, (_, _) => register.TryPurgeAsync(id, cancellation), cancellation);
        }
        catch (ImgApiException error) when (UploadRegister.IsFault(error) || error.Code == ErrorCode.UploadConflict)
        {
            return false; // the next pass tries again
        }
    }
}
