using ImgApi.Api.Background;
using ImgApi.Api.Configuration;
using ImgApi.Api.Contracts;
using ImgApi.Domain.Integrity;
using ImgApi.Domain.Storage;

namespace ImgApi.Api.Observability;

/// <summary>Puts together how the server is.</summary>
internal sealed class Health(
    IImageRepository images, DamageRegister damages, IStorageProbe storage, ContentScrub scrub, ServerRules rules,
    CurrentConfiguration configuration)
{
    /// <summary>Everything is as it should be.</summary>
    public const string Ok = "ok";

    /// <summary>The server works, but something needs the operator.</summary>
    public const string Degraded = "degraded";

    /// <summary>The data folder cannot be written.</summary>
    public const string Down = "down";

    /// <summary>Looks at everything again.</summary>
    /// <param name="withDetails">
    /// Whether it says which images are damaged, which have files that no machine can install, and what deserves attention in the
    /// configuration.
    /// </param>
    /// <param name="hidesPrivate">Whether private images are not counted.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<HealthReport> ReportAsync(bool withDetails, bool hidesPrivate, CancellationToken cancellation)
    {
        // First, so that what the pass found is in what is looked at next.
        var lastPass = scrub.LastPass;
        await scrub.ForgetTheGoneAsync(cancellation);
        var (all, _) = await images.QueryAsync(new ImageQuery { State = StateFilter.All, HidesPrivate = hidesPrivate }, cancellation);
        var found = await damages.AllAsync(cancellation);
        var status = !await storage.IsWritableAsync(cancellation) ? Down : found.Count + storage.BrokenCount > 0 ? Degraded : Ok;
        var details = withDetails ? found.Select(Entry).ToArray() : null;
        // Not degraded for these: the reference takes such files too, and some hold what is not for machines at all.
        var suspects = Suspects(all);
        return new HealthReport(
            status, all.Count, all.Count(image => !image.Activated), storage.BrokenCount, found.Count, details,
            suspects.Length, withDetails ? suspects : null, withDetails ? ConfigurationWarnings.Of(configuration.Value) : null, await storage.FreeBytesAsync(cancellation),
            lastPass is { } last ? Timestamp.From(last).Text : null);
    }

    private SuspectEntry[] Suspects(IEnumerable<Image> all) =>
    [
        .. from image in all
           let reasons = ContentFindings.Of(image, rules)
           where reasons.Count > 0
           orderby image.Uuid
           select new SuspectEntry(image.Uuid.ToString(), reasons),
    ];

    private static DamageEntry Entry(Damage damage) => new(damage.Image.ToString(), damage.Reason, Timestamp.From(damage.FoundAt).Text);
}
