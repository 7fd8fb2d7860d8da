namespace ImgApi.Domain.UseCases;

/// <summary>The images that an image is based on, and those that are based on it, as far as a caller may see them.</summary>
public sealed class ImageRelations(IImageRepository images)
{
    // Chains of machines are much shorter, and a stored manifest may hold anything.
    private const int MaxOrigins = 100;

    /// <summary>
    /// The origin, its origin and so on. The chain ends at an image without an origin, at one that is not here or is hidden, and at one that it
    /// already contains.
    /// </summary>
    public async Task<IReadOnlyList<OriginLink>> OriginsAsync(Image image, bool hidesPrivate, CancellationToken cancellation)
    {
        var links = new List<OriginLink>();
        var seen = new HashSet<Uuid> { image.Uuid };
        for (var next = image; next?.Details.Origin is { } origin && links.Count < MaxOrigins && seen.Add(origin);)
        {
            var found = await images.FindAsync(origin, cancellation);
            next = found is null || (hidesPrivate && found.IsPrivate) ? null : found;
            links.Add(new OriginLink(origin, next));
        }

        return links;
    }

    /// <summary>The images whose origin is this one, the newest first.</summary>
    /// <param name="state">The states that the caller may see.</param>
    public async Task<IReadOnlyList<Image>> DependentsAsync(Image image, StateFilter state, bool hidesPrivate, CancellationToken cancellation)
    {
        var query = new ImageQuery { Origin = image.Uuid, State = state, HidesPrivate = hidesPrivate, Descending = true };
        return (await images.QueryAsync(query, cancellation)).Images;
    }
}

/// <summary>A link of a chain of origins.</summary>
/// <param name="Image">Null if it is not on this server, or hidden from the caller.</param>
public sealed record OriginLink(Uuid Uuid, Image? Image);
