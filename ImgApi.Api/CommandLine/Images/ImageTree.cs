using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>An image between its origins and the images that are built on it.</summary>
internal static class ImageTree
{
    // Origins of other servers are untrusted, and could form a circle.
    private const int MaxDepth = 100;

    public static async Task PrintAsync(Session session, RemoteManifest image, CancellationToken cancellation)
    {
        var chain = await OriginsOf.ChainAsync(session, image, cancellation);
        var dependents = await DependentsAsync(session, cancellation);
        var rows = chain[..^1].Select((origin, depth) => (origin, depth)).ToList();
        AddWithDependents(rows, image, rows.Count, dependents);
        if (session.Printer.IsJson)
        {
            session.Printer.Json(new JsonArray([.. rows.Select(row => Node(row.Item1.Json, row.depth))]));
            return;
        }

        foreach (var (one, depth) in rows)
        {
            var mark = one.Uuid == image.Uuid ? "* " : "";
            session.Printer.Line($"{new string(' ', depth * 2)}{mark}{Describe(one.Json)}");
        }
    }

    /// <summary>The images by the UUID of their origin.</summary>
    public static async Task<ILookup<Uuid, RemoteManifest>> DependentsAsync(Session session, CancellationToken cancellation)
    {
        var found = new List<(Uuid Origin, RemoteManifest Image)>();
        await foreach (var manifest in session.Images.ListAsync(session.Source, [new("state", "all")], session.RequestId, cancellation))
        {
            if (manifest.Json.Member("origin").AsUuid() is { } origin)
            {
                found.Add((origin, manifest));
            }
        }

        return found.ToLookup(pair => pair.Origin, pair => pair.Image);
    }

    public static string Describe(JsonElement manifest) =>
        $"{ImageFields.Text(manifest, "uuid")} {ImageFields.Text(manifest, "name")}@{ImageFields.Text(manifest, "version")} ({ImageFields.Text(manifest, "state")})";

    private static void AddWithDependents(
        List<(RemoteManifest, int depth)> rows, RemoteManifest image, int depth, ILookup<Uuid, RemoteManifest> dependents)
    {
        rows.Add((image, depth));
        foreach (var dependent in dependents[image.Uuid!.Value].Where(_ => depth < MaxDepth))
        {
            AddWithDependents(rows, dependent, depth + 1, dependents);
        }
    }

    private static JsonObject Node(JsonElement manifest, int depth) => new()
    {
        ["depth"] = depth,
        ["uuid"] = ImageFields.Text(manifest, "uuid"),
        ["name"] = ImageFields.Text(manifest, "name"),
        ["version"] = ImageFields.Text(manifest, "version"),
        ["state"] = ImageFields.Text(manifest, "state"),
    };
}
