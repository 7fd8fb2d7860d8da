using ImgApi.Domain.Audit;
using ImgApi.Domain.Notifications;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>
/// The background check: re-reads all content at the configured rate and interval, and registers damage. It deletes nothing; that is left to
/// the operator.
/// </summary>
internal sealed partial class ContentScrub(
    IImageRepository images, ContentVerification verification, DamageRegister damages, CatalogueLoadReport loaded, IAuditLog audit,
    ServerConfiguration configuration, TimeProvider clock, ILogger<ContentScrub> logger) : WorkAfterStart(logger)
{
    /// <summary>End of the last complete pass; null before the first.</summary>
    public Timestamp? LastPass { get; private set; }

    /// <summary>Bytes that were read since the start.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Registers content that was missing when the data folder was opened, before the first request is answered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await EnterAsync([.. loaded.Missing.Select(lost => new Damage(
            lost.Image, lost.Content, Damage.MissingReason(ContentVerification.Noun(lost.Kind)), now, IsUnreadable: true))], cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (configuration.ScrubRate > 0)
        {
            await PassAsync(configuration.ScrubRate, stopping);
            await Task.Delay(TimeSpan.FromHours(configuration.ScrubIntervalHours), clock, stopping);
        }
    }

    /// <param name="bytesPerSecond">Maximum rate; 0 for no limit.</param>
    internal async Task PassAsync(long bytesPerSecond, CancellationToken cancellation)
    {
        var pace = new ReadPace(bytesPerSecond, clock);
        var all = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        foreach (var image in all.Images)
        {
            await VerifyAsync(image.Uuid, pace, cancellation);
        }

        await PruneAsync(cancellation);
        LastPass = Timestamp.From(clock.GetUtcNow());
        if (pace.Bytes > 0)
        {
            var (bytes, contents) = (Count.Of(pace.Bytes, "byte"), Count.Of(await damages.CountAsync(cancellation), "content"));
            LogPass(bytes, contents);
        }
    }

    private async Task VerifyAsync(Uuid uuid, ReadPace pace, CancellationToken cancellation)
    {
        if (await images.FindAsync(uuid, cancellation) is not { } image)
        {
            return;
        }

        foreach (var (content, damage) in await verification.VerifyAsync(image, CountAsync, cancellation))
        {
            if (damage is null)
            {
                await damages.ClearAsync(uuid, content, cancellation);
            }
            else if (await IsStillNamedAsync(uuid, content, cancellation))
            {
                await EnterAsync([damage], cancellation);
            }
        }

        ValueTask CountAsync(int bytes, CancellationToken token)
        {
            BytesRead += bytes;
            return pace.CountAsync(bytes, token);
        }
    }

    private async Task EnterAsync(IReadOnlyList<Damage> found, CancellationToken cancellation)
    {
        foreach (var damage in await damages.EnterAsync(found, cancellation))
        {
            LogDamage(damage.Image, damage.Reason);
            audit.Note(AuditEvent.By(new Cause(NotificationKinds.FindDamage)).Because(damage.Reason) with { Image = damage.Image });
        }
    }

    /// <summary>Waits for pending writes: a removal, which deletes content before readers see the image disappear, is not damage.</summary>
    private async Task<bool> IsStillNamedAsync(Uuid uuid, ContentKey content, CancellationToken cancellation) =>
        await images.FindSettledAsync(uuid, cancellation) is { } image && (image.File?.Content == content || image.Icon?.Content == content);

    /// <summary>Removes the damage of content that was replaced or deleted.</summary>
    internal async Task PruneAsync(CancellationToken cancellation)
    {
        foreach (var damage in await damages.AllAsync(cancellation))
        {
            var image = await images.FindAsync(damage.Image, cancellation);
            if (image?.File?.Content != damage.Content && image?.Icon?.Content != damage.Content)
            {
                await damages.ClearAsync(damage.Image, damage.Content, cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "image {Uuid} is damaged: {Reason}")]
    private partial void LogDamage(Uuid uuid, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "background check: {Bytes} read, {Contents} damaged")]
    private partial void LogPass(string bytes, string contents);
}
