using ImgApi.Api.Configuration;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;
using ImgApi.Infrastructure.FileSystem.Start;
using ImgApi.Infrastructure.Hosting;

namespace ImgApi.Api.Background;

/// <summary>
/// Re-reads all content in the background, at the configured pace and again after the configured time, and marks what is
/// damaged. Nothing is deleted: the operator decides.
/// </summary>
internal sealed partial class ContentScrub(
    IImageRepository images, ContentVerification verification, DamageRegister damages, CatalogueLoadReport loaded,
    ServerConfiguration configuration, TimeProvider clock, ILogger<ContentScrub> logger) : WorkAfterStart(logger)
{
    /// <summary>When the last complete pass ended; null before the first.</summary>
    public DateTimeOffset? LastPass { get; private set; }

    /// <summary>Bytes that were re-read since the start.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Registers what was found missing when the data folder was opened, before the first request is answered.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await EnterAsync([.. loaded.Lost.Select(lost => new Damage(
            lost.Image, lost.Content, Damage.IsMissing(ContentVerification.Noun(lost.Kind)), now, IsUnreadable: true))], cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (configuration.ScrubRate > 0)
        {
            await PassAsync(configuration.ScrubRate, stopping);
            await Task.Delay(TimeSpan.FromHours(configuration.ScrubIntervalHours), clock, stopping);
        }
    }

    /// <summary>Verifies every image once.</summary>
    /// <param name="bytesPerSecond">The pace; 0 for as fast as the disk goes.</param>
    /// <param name="cancellation">Ends the pass.</param>
    internal async Task PassAsync(long bytesPerSecond, CancellationToken cancellation)
    {
        var pace = new ReadPace(bytesPerSecond, clock);
        var all = await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation);
        foreach (var image in all.Images)
        {
            await VerifyAsync(image.Uuid, pace, cancellation);
        }

        await ForgetTheGoneAsync(cancellation);
        LastPass = clock.GetUtcNow();
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
        }
    }

    /// <summary>
    /// A removal deletes content before readers see the image disappear. So the writes in flight are awaited first, or else a removal
    /// would be reported as damage.
    /// </summary>
    private async Task<bool> IsStillNamedAsync(Uuid uuid, ContentKey content, CancellationToken cancellation) =>
        await images.FindSettledAsync(uuid, cancellation) is { } image && (image.File?.Content == content || image.Icon?.Content == content);

    /// <summary>Content that was replaced or deleted cannot be damaged any more.</summary>
    internal async Task ForgetTheGoneAsync(CancellationToken cancellation)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Image {Uuid} is damaged: {Reason}")]
    private partial void LogDamage(Uuid uuid, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Scrub: {Bytes} re-read, {Contents} damaged")]
    private partial void LogPass(string bytes, string contents);
}
