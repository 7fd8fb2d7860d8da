using ImgApi.Api.Background;

namespace ImgApi.Api.Observability;

/// <summary>Reports the health of the server.</summary>
internal sealed class Health(
    IImageRepository images, DamageRegister damages, IStorageProbe storage, ContentScrub scrub, ResumableUploads uploads, ServerRules rules,
    Webhooks webhooks, CurrentConfiguration configuration, CurrentUsers users)
{
    public const string Ok = "ok";

    /// <summary>The server works, but needs the operator.</summary>
    public const string Degraded = "degraded";

    /// <summary>The data folder cannot be written.</summary>
    public const string Down = "down";

    /// <param name="withDetails">Whether to list damage, files that no machine can install, and warnings.</param>
    /// <param name="hidesPrivate">Whether to leave out private images.</param>
    public async Task<HealthReport> ReportAsync(bool withDetails, bool hidesPrivate, CancellationToken cancellation)
    {
        // Read first, so that the report contains the results of the pass that it names.
        var lastPass = scrub.LastPass;
        await scrub.PruneAsync(cancellation);
        users.Refresh();
        var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All, HidesPrivate = hidesPrivate }, cancellation);
        var found = await damages.AllAsync(cancellation);
        var space = await storage.SpaceAsync(cancellation);
        var needsOperator = found.Count + storage.BrokenCount > 0 || users.Fault is not null || space is { IsNearlyFull: true };
        var status = !await storage.IsWritableAsync(cancellation) ? Down : needsOperator ? Degraded : Ok;
        var details = withDetails ? found.Select(Entry).ToArray() : null;
        // They do not make the status degraded: the reference accepts such files too, and some images are not meant for machines.
        var suspects = Suspects(all);
        var unfinished = await UnfinishedAsync(hidesPrivate, cancellation);
        return new HealthReport(
            status, all.Count, all.Count(image => !image.Activated), storage.BrokenCount, found.Count, details,
            suspects.Length, withDetails ? suspects : null, unfinished.Count, withDetails ? unfinished : null,
            withDetails ? [.. RoomWarnings(space), .. UsersFault(), .. ConfigurationWarnings.Of(configuration.Value), .. webhooks.Warnings] : null,
            space?.Free, lastPass?.Text);
    }

    private static IEnumerable<string> RoomWarnings(StorageSpace? space) => space is { IsNearlyFull: true }
        ? [$"only {ByteSize.Approximate(space.Free)} are free, and uploads are refused when less than {ByteSize.Approximate(space.Reserved)} is left"]
        : [];

    private IEnumerable<string> UsersFault() =>
        users.Fault is { } fault ? [$"\"usersFile\" cannot be used, and the previous users stay in force: {fault}"] : [];

    private SuspectEntry[] Suspects(IEnumerable<Image> all) =>
    [
        .. from image in all
           let reasons = ContentFindings.Of(image, rules)
           where reasons.Count > 0
           orderby image.Uuid
           select new SuspectEntry(image.Uuid.ToString(), reasons),
    ];

    private async Task<List<UploadEntry>> UnfinishedAsync(bool hidesPrivate, CancellationToken cancellation)
    {
        var entries = new List<UploadEntry>();
        foreach (var progress in await uploads.ListUnfinishedAsync(cancellation))
        {
            if (await images.FindAsync(progress.Upload.Image, cancellation) is { } image && !(hidesPrivate && image.IsPrivate))
            {
                entries.Add(Entry(progress));
            }
        }

        return entries;
    }

    private static UploadEntry Entry(UploadProgress progress) => new(
        progress.Upload.Id.ToString(), progress.Upload.Image.ToString(), progress.Offset, progress.Upload.Length,
        Timestamp.From(progress.Upload.CreatedAt).Text, Timestamp.From(progress.ExpiresAt).Text);

    private static DamageEntry Entry(Damage damage) => new(damage.Image.ToString(), damage.Reason, Timestamp.From(damage.FoundAt).Text);
}
