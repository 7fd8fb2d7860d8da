namespace ImgApi.Domain.Storage;

/// <summary>The rules about origins. A repository checks them atomically with each write.</summary>
public static class OriginRules
{
    // Contract 2.2: of ten or more dependents, only the first five are named.
    private const int ManyDependents = 10;
    private const int NamedOfMany = 5;

    /// <summary>Refuses a write whose conditions do not hold.</summary>
    /// <param name="before">Null for an addition.</param>
    /// <param name="after">Null for a removal.</param>
    /// <exception cref="ImgApiException"><c>OriginDoesNotExist</c>; <c>ValidationFailed</c>; <c>ImageHasDependentImages</c>.</exception>
    public static void Ensure(WriteConditions conditions, Image? before, Image? after, IOriginGraph graph)
    {
        if (conditions.OriginExists && after?.Details.Origin is { } needed && graph.Find(needed) is null)
        {
            throw OriginNotFound($"{needed}");
        }

        if (conditions.NoCircleOfOrigins && after?.Details.Origin is { } origin)
        {
            EnsureNoCircle((before ?? after).Uuid, origin, graph);
        }

        if (conditions.NoDependents && before is not null)
        {
            EnsureNoDependents(before.Uuid, conditions.ChannelOfDependents, graph);
        }
    }

    public static ImgApiException OriginNotFound(string origin) =>
        new(ErrorCode.OriginDoesNotExist, $"origin image \"{origin}\" does not exist");

    private static void EnsureNoCircle(Uuid uuid, Uuid origin, IOriginGraph graph)
    {
        // The search goes from the image to its dependents, since that direction of the graph includes writes in flight.
        if (Reachable(uuid, next => graph.DependentsOf(next).Select(image => image.Uuid)).Contains(origin))
        {
            throw ImgApiException.ValidationFailed(
                "origin", "invalid image data: origin", FieldError.Invalid, "an image cannot be based on itself, directly or by way of others");
        }
    }

    /// <summary>Ignores the image's own origins: imported data folders may contain a circle, whose images could otherwise never be removed.</summary>
    private static void EnsureNoDependents(Uuid uuid, string? channel, IOriginGraph graph)
    {
        var origins = Reachable(uuid, next => graph.Find(next)?.Details.Origin is { } origin ? [origin] : []);
        var dependents = graph.DependentsOf(uuid).Where(image => (channel is null || image.IsIn(channel)) && !origins.Contains(image.Uuid)).ToArray();
        if (dependents.Length == 0)
        {
            return;
        }

        var named = dependents.Length < ManyDependents ? dependents.Length : NamedOfMany;
        var list = string.Join(", ", dependents.Take(named).Select(image => image.Uuid));
        var rest = named < dependents.Length ? $", and {dependents.Length - named} more..." : "";
        throw new ImgApiException(
            ErrorCode.ImageHasDependentImages, $"image \"{uuid}\" has {dependents.Length} dependent incremental image(s): {list}{rest}");
    }

    /// <summary>Includes the start.</summary>
    private static HashSet<Uuid> Reachable(Uuid start, Func<Uuid, IEnumerable<Uuid>> step)
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
