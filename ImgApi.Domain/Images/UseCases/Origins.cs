using ImgApi.Domain.Errors;

namespace ImgApi.Domain.Images.UseCases;

/// <summary>The rules about what images are based on. They are looked at together with the write, so that no other comes between.</summary>
internal static class Origins
{
    // Contract 2.2: from so many on, only the first few dependents are named.
    private const int ManyDependents = 10;
    private const int NamedOfMany = 5;

    /// <summary>Refuses an origin that is not there, or that is based on the image itself.</summary>
    /// <exception cref="ImgApiException"><c>OriginDoesNotExist</c>; <c>ValidationFailed</c>.</exception>
    public static void EnsureUsable(Uuid uuid, Uuid? origin, ICatalogueView catalogue)
    {
        if (origin is { } sought && catalogue.Find(sought) is null)
        {
            throw DoesNotExist($"{sought}");
        }

        EnsureNoCircle(uuid, origin, catalogue);
    }

    /// <summary>Refuses an origin that is based on the image itself.</summary>
    /// <exception cref="ImgApiException"><c>ValidationFailed</c>.</exception>
    public static void EnsureNoCircle(Uuid uuid, Uuid? origin, ICatalogueView catalogue)
    {
        // Downwards, since that way the view knows of origins that are just being changed.
        if (origin is { } sought && Reach(uuid, next => catalogue.DependentsOf(next).Select(image => image.Uuid)).Contains(sought))
        {
            throw ImgApiException.ValidationFailed(
                "origin", "invalid image data: origin", FieldError.Invalid, "an image cannot be based on itself, be it by way of others");
        }
    }

    /// <summary>
    /// Refuses to let an image go that others are based on. Those that it is itself based on, which only a data folder from
    /// elsewhere can have, do not count: none of them could ever go.
    /// </summary>
    /// <param name="uuid">The image.</param>
    /// <param name="channel">Only images in this channel count; null for all.</param>
    /// <param name="catalogue">All images.</param>
    /// <exception cref="ImgApiException"><c>ImageHasDependentImages</c>.</exception>
    public static void EnsureNoDependents(Uuid uuid, string? channel, ICatalogueView catalogue)
    {
        var all = catalogue.DependentsOf(uuid);
        if (all.Count == 0)
        {
            return;
        }

        var origins = Reach(uuid, next => catalogue.Find(next)?.Details.Origin is { } origin ? [origin] : []);
        var dependents = all.Where(image => (channel is null || image.IsIn(channel)) && !origins.Contains(image.Uuid)).ToArray();
        if (dependents.Length == 0)
        {
            return;
        }

        var named = dependents.Length < ManyDependents ? dependents.Length : NamedOfMany;
        var list = string.Join(", ", dependents.Take(named).Select(image => image.Uuid));
        var rest = named < dependents.Length ? $", and {dependents.Length - named} more..." : "";
        throw new ImgApiException(
            ErrorCode.ImageHasDependentImages,
            $"image \"{uuid}\" has {dependents.Length} dependent incremental image(s): {list}{rest}");
    }

    /// <summary>422 for an origin that is not there.</summary>
    public static ImgApiException DoesNotExist(string origin) =>
        new(ErrorCode.OriginDoesNotExist, $"origin image \"{origin}\" does not exist");

    /// <summary>Everything that is reached from an image by any number of steps, itself included.</summary>
    private static HashSet<Uuid> Reach(Uuid start, Func<Uuid, IEnumerable<Uuid>> step)
    {
        var reached = new HashSet<Uuid> { start };
        var rest = new Stack<Uuid>([start]);
        while (rest.TryPop(out var uuid))
        {
            foreach (var next in step(uuid).Where(reached.Add))
            {
                rest.Push(next);
            }
        }

        return reached;
    }
}
