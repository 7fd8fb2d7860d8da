using ImgApi.Api.Configuration;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Text;
using ImgApi.Infrastructure;
using ImgApi.Infrastructure.FileSystem;

namespace ImgApi.Api.Integrity;

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

    /// <summary>What was found missing when the data folder was opened is told before the first request is answered.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Enter([.. loaded.Lost.Select(lost => new Damage(
            lost.Image, lost.Content, Damage.IsMissing(ContentVerification.Noun(lost.Kind)), now, IsUnreadable: true))]);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken stopping)
    {
        while (configuration.ScrubRate > 0)
        {
            await PassAsync(configuration.ScrubRate, stopping);
            await Task.Delay(configuration.ScrubInterval, clock, stopping);
        }
    }

    /// <summary>Verifies every image once.</summary>
    /// <param name="bytesPerSecond">The pace; 0 for as fast as the disk goes.</param>
    /// <param name="cancellation">Ends the pass.</param>
    internal async Task PassAsync(long bytesPerSecond, CancellationToken cancellation)
    {
        var pace = new ReadPace(bytesPerSecond, clock);
        foreach (var image in await images.QueryAsync(new ImageQuery { State = StateFilter.All }, cancellation))
        {
            await VerifyAsync(image.Uuid, pace, cancellation);
        }

        await ForgetTheGoneAsync(cancellation);
        LastPass = clock.GetUtcNow();
        if (pace.Bytes > 0)
        {
            var (bytes, contents) = (Count.Of(pace.Bytes, "byte"), Count.Of(damages.Count, "content"));
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
                damages.Clear(uuid, content);
            }
            else if (await IsStillNamedAsync(uuid, content, cancellation))
            {
                Enter([damage]);
            }
        }

        ValueTask CountAsync(int bytes, CancellationToken token)
        {
            BytesRead += bytes;
            return pace.CountAsync(bytes, token);
        }
    }

    private void Enter(IReadOnlyList<Damage> found)
    {
        foreach (var damage in damages.Enter(found))
        {
            LogDamage(damage.Image, damage.Reason);
        }
    }

    /// <summary>
    /// Whether the image has that content once its writes under way are done: a removal takes the content off the disk before
    /// readers see that the image is gone. A change that changes nothing waits for them.
    /// </summary>
    private async Task<bool> IsStillNamedAsync(Uuid uuid, ContentKey content, CancellationToken cancellation)
    {
        try
        {
            var image = await images.ChangeAsync(uuid, (image, _) => image, cancellation);
            return image.File?.Content == content || image.Icon?.Content == content;
        }
        catch (ImgApiException gone) when (gone.Code == ErrorCode.ResourceNotFound)
        {
            return false;
        }
    }

    /// <summary>Content that was replaced or deleted cannot be damaged any more.</summary>
    internal async Task ForgetTheGoneAsync(CancellationToken cancellation)
    {
        foreach (var damage in damages.All)
        {
            var image = await images.FindAsync(damage.Image, cancellation);
            if (image?.File?.Content != damage.Content && image?.Icon?.Content != damage.Content)
            {
                damages.Clear(damage.Image, damage.Content);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Image {Uuid} is damaged: {Reason}")]
    private partial void LogDamage(Uuid uuid, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Scrub: {Bytes} re-read, {Contents} damaged")]
    private partial void LogPass(string bytes, string contents);
}
