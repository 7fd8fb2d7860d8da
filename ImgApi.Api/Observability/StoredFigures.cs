namespace ImgApi.Api.Observability;

/// <summary>
/// Figures that are read from the stores, which is asynchronous, while instruments are read synchronously. So they are read before, and are as
/// old as the last <see cref="RefreshAsync"/>.
/// </summary>
internal sealed class StoredFigures(
    IImageRepository images, DamageRegister damages, IStorageProbe storage, ResumableUploads uploads, IJobStore jobs, Background.ContentScrub scrub)
{
    private volatile Values _last = new([], 0, 0, null, 0, []);

    public Values Last => _last;

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await scrub.PruneAsync(cancellation);
        var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        var states = all.CountBy(image => image.State).ToDictionary();
        var executions = (await jobs.ListAsync(cancellation)).CountBy(job => job.Execution).ToDictionary();
        _last = new Values(
            states,
            all.Sum(image => (image.File?.Size ?? 0) + (image.Icon?.Size ?? 0)),
            await damages.CountAsync(cancellation),
            await storage.SpaceAsync(cancellation),
            (await uploads.ListUnfinishedAsync(cancellation)).Count,
            executions);
    }

    /// <param name="Images">Number by state, without states that no image has.</param>
    /// <param name="Bytes">Bytes of all files and icons.</param>
    /// <param name="Damaged">Damaged files and icons.</param>
    /// <param name="Space">Null if unknown.</param>
    /// <param name="Uploads">Unfinished resumable uploads.</param>
    /// <param name="Jobs">Number by state, without states that no job has.</param>
    internal sealed record Values(
        Dictionary<string, int> Images, long Bytes, int Damaged, StorageSpace? Space, int Uploads, Dictionary<JobExecution, int> Jobs);
}
