using ImgApi.Api.Observability;

namespace ImgApi.Api.Web.Server;

/// <summary>Collects what the page of the server shows.</summary>
internal sealed class ServerFacts(
    Health health, IStorageProbe storage, IImageRepository images, TrafficHistory traffic, Transfers transfers, IJobStore jobs, JobReplies replies,
    Uptime uptime, StorageQuota quota, ServerConfiguration configuration, IServiceProvider services)
{
    private const int MaxJobs = 20;

    public async Task<ServerView> ReadAsync(Caller caller, CancellationToken cancellation)
    {
        var seen = Permits(caller, Policies.Read) ? await SeenAsync(caller, cancellation) : null;
        return new ServerView(
            await health.ReportAsync(caller.IsTrusted, caller.HidesPrivate, cancellation),
            caller.IsTrusted ? await storage.SpaceAsync(cancellation) : null,
            caller.IsTrusted && seen is not null ? States(seen) : null,
            seen is null ? null : StoredBytes.Of(seen),
            Permits(caller, Policies.Metrics) ? TrafficCharts.Of(traffic.Read()) : null,
            caller.Actor.May(Right.Jobs) ? await OperationAsync(cancellation) : null);
    }

    private bool Permits(Caller caller, string policy) => CredentialsRequirement.Permits(policy, caller, configuration);

    /// <summary>The images that the caller may list, of all channels.</summary>
    private async Task<IReadOnlyList<Image>> SeenAsync(Caller caller, CancellationToken cancellation)
    {
        var query = new ImageQuery { State = caller.IsTrusted ? StateFilter.All : StateFilter.Active, HidesPrivate = caller.HidesPrivate };
        return (await images.QueryAsync(query, cancellation)).Images;
    }

    private static KeyValuePair<string, int>[] States(IReadOnlyList<Image> seen) =>
    [
        .. from state in ImageState.All
           let count = seen.Count(image => image.State == state)
           where count > 0
           select KeyValuePair.Create(state, count),
    ];

    private async Task<IReadOnlyList<RunningTransfer>> NamedTransfersAsync(CancellationToken cancellation)
    {
        var named = new List<RunningTransfer>();
        foreach (var transfer in transfers.Running)
        {
            var image = await images.FindAsync(transfer.Image, cancellation);
            named.Add(new RunningTransfer(transfer, image is null ? $"{transfer.Image}" : $"{image.Details.Name} {image.Details.Version}"));
        }

        return named;
    }

    private async Task<ServerOperation> OperationAsync(CancellationToken cancellation) => new(
        uptime.StartedAt,
        services.GetService<ICertificateTerm>()?.EndsAt,
        await quota.ListUseAsync(cancellation),
        await NamedTransfersAsync(cancellation),
        [.. (await jobs.ListAsync(cancellation)).Reverse().Take(MaxJobs).Select(replies.Of)]);
}
